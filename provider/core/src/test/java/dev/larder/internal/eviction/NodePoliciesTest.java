package dev.larder.internal.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eviction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each policy prefers; that it keeps its books right is tested by its contract kit. */
class NodePoliciesTest {

  private static KeyedPolicy<String> policy(Eviction eviction, int capacity, String... keys) {
    KeyedPolicy<String> policy = KeyedPolicy.of(eviction);
    policy.onCapacity(capacity);
    for (String key : keys) {
      policy.onInsert(key, 1);
    }
    return policy;
  }

  private static List<String> evictAll(KeyedPolicy<String> policy) {
    List<String> victims = new ArrayList<>();
    for (String victim = policy.victim(); victim != null; victim = policy.victim()) {
      policy.onRemove(victim);
      victims.add(victim);
    }
    return victims;
  }

  @Test
  void fifoEvictsInTheOrderOfInsertion() {
    KeyedPolicy<String> policy = policy(Eviction.FIFO, 3, "a", "b", "c");
    policy.onRead("a");
    policy.onUpdate("b", 1);

    assertThat(evictAll(policy)).containsExactly("a", "b", "c");
  }

  @Test
  void lruEvictsInTheOrderOfUse() {
    KeyedPolicy<String> policy = policy(Eviction.LRU, 3, "a", "b", "c", "d");
    policy.onRead("a");
    policy.onUpdate("b", 1);

    assertThat(evictAll(policy)).containsExactly("c", "d", "a", "b");
  }

  @Test
  void lfuEvictsTheLeastUsed() {
    KeyedPolicy<String> policy = policy(Eviction.LFU, 3, "a", "b", "c", "d");
    policy.onRead("a");
    policy.onRead("a");
    policy.onRead("c");
    policy.onUpdate("b", 1);

    assertThat(evictAll(policy)).containsExactly("d", "c", "b", "a");
  }

  @Test
  void sieveSparesOnceWhatWasUsed() {
    KeyedPolicy<String> policy = policy(Eviction.SIEVE, 3, "a", "b", "c");
    policy.onRead("a");
    assertThat(policy.victim()).isEqualTo("b");
    policy.onRemove("b");
    policy.onInsert("d", 1);

    // The hand stands on c; it comes to a, which is older, after all that are newer.
    assertThat(evictAll(policy)).containsExactly("c", "d", "a");
  }

  @Test
  void s3FifoEvictsNewEntriesThatAreUsedOnceAtMost() {
    KeyedPolicy<String> policy = policy(Eviction.S3_FIFO, 3, "a", "b", "c");
    policy.onRead("a");
    policy.onRead("a");
    policy.onRead("b");

    assertThat(evictAll(policy)).containsExactly("b", "c", "a");
  }

  @Test
  void s3FifoLetsWhatComesBackIntoTheMainQueue() {
    KeyedPolicy<String> policy = policy(Eviction.S3_FIFO, 3, "a", "b", "c");
    policy.onRemove("a");
    policy.onInsert("a", 1);

    assertThat(evictAll(policy)).containsExactly("b", "c", "a");
  }

  /**
   * Plays keys through a cache of 100 entries and returns how many were found there, in percent.
   */
  private static double hits(Eviction eviction, Iterable<Integer> keys) {
    KeyedPolicy<Integer> policy = KeyedPolicy.of(eviction);
    policy.onCapacity(100);
    Map<Integer, Boolean> cache = new LinkedHashMap<>();
    int hits = 0;
    int all = 0;
    for (Integer key : keys) {
      all++;
      if (cache.containsKey(key)) {
        policy.onRead(key);
        hits++;
        continue;
      }
      cache.put(key, true);
      policy.onInsert(key, 1);
      if (cache.size() > 100) {
        Integer victim = policy.victim();
        policy.onRemove(victim);
        cache.remove(victim);
      }
    }
    return 100.0 * hits / all;
  }

  private static List<Integer> keys(IntStream keys) {
    return keys.boxed().toList();
  }

  @Test
  void tinyLfuKeepsAPartOfALoopThatDoesNotFit() {
    List<Integer> loop = keys(IntStream.range(0, 20_000).map(i -> i % 200));

    assertThat(hits(Eviction.LRU, loop)).isZero();
    assertThat(hits(Eviction.TINY_LFU, loop)).isGreaterThan(35);
  }

  @Test
  void tinyLfuFollowsAWorkingSetThatMoves() {
    Random random = new Random(1);
    List<Integer> drift = keys(IntStream.range(0, 20_000).map(i -> i / 10 + random.nextInt(90)));

    assertThat(hits(Eviction.LRU, drift)).isGreaterThan(85);
    assertThat(hits(Eviction.TINY_LFU, drift)).isGreaterThan(hits(Eviction.LRU, drift) - 2);
  }

  @Test
  void scanDoesNotFlushTheHotSetOfTinyLfu() {
    Random random = new Random(2);
    List<Integer> scans =
        keys(
            IntStream.range(0, 40_000)
                .map(
                    i ->
                        i % 1_000 < 200
                            ? 100_000 + i
                            : (int) Math.abs(random.nextGaussian() * 40)));

    assertThat(hits(Eviction.TINY_LFU, scans)).isGreaterThan(hits(Eviction.LRU, scans) + 1);
  }

  @ParameterizedTest
  @EnumSource
  void nodeThatIsSparedIsNotTheNextVictim(Eviction eviction) {
    NodePolicy policy = KeyedPolicy.nodePolicy(eviction);
    policy.capacity(5);
    for (int i = 0; i < 100; i++) {
      BoundedNode<Integer> node = new BoundedNode<>(i, i, 0);
      policy.add(node);
    }
    List<BoundedNode<?>> victims = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      BoundedNode<?> victim = policy.victim();
      victims.add(victim);
      policy.spare(victim);
    }

    assertThat(victims.stream().distinct().count()).isGreaterThan(10);
  }
}
