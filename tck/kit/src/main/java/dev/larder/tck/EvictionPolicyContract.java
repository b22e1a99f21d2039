package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EvictionPolicy} must do, whatever it prefers: extend it, and give it your
 * policy.
 */
public abstract class EvictionPolicyContract {
  private static final int CAPACITY = 20;

  private final EvictionPolicy<String> policy;

  /** Tests the policies that a supplier makes, which are new each time. */
  protected EvictionPolicyContract(Supplier<? extends EvictionPolicy<String>> policies) {
    this.policy = requireNonNull(policies.get(), "policy");
    policy.onCapacity(CAPACITY);
  }

  private void insert(int from, int to) {
    for (int i = from; i < to; i++) {
      policy.onInsert("key " + i, 1);
    }
  }

  private List<String> evictAll() {
    List<String> victims = new ArrayList<>();
    for (String victim = policy.victim(); victim != null; victim = policy.victim()) {
      victims.add(victim);
      policy.onRemove(victim);
      assertThat(victims).as("victims, of which none may come twice").doesNotHaveDuplicates();
    }
    return victims;
  }

  @Test
  void emptyCacheHasNoVictim() {
    assertThat(policy.victim()).isNull();
  }

  @Test
  void onlyEntryIsTheVictim() {
    insert(0, 1);

    assertThat(policy.victim()).isEqualTo("key 0");
  }

  @Test
  void namingAVictimRemovesNothing() {
    insert(0, 3);
    for (int i = 0; i < 10; i++) {
      assertThat(policy.victim()).isNotNull();
    }

    assertThat(evictAll()).containsExactlyInAnyOrder("key 0", "key 1", "key 2");
  }

  @Test
  void eachEntryIsTheVictimSometime() {
    insert(0, CAPACITY);

    assertThat(evictAll()).hasSize(CAPACITY);
    assertThat(policy.victim()).isNull();
  }

  @Test
  void readsAndUpdatesNeitherAddNorLoseEntries() {
    insert(0, 10);
    for (int i = 0; i < 100; i++) {
      policy.onRead("key " + i % 10);
      policy.onUpdate("key " + i % 3, 1);
    }

    assertThat(evictAll()).hasSize(10);
  }

  @Test
  void removedEntryIsNoVictim() {
    insert(0, 10);
    policy.onRemove("key 4");
    policy.onRemove("key 0");
    policy.onRemove("key 9");

    assertThat(evictAll()).hasSize(7).doesNotContain("key 0", "key 4", "key 9");
  }

  @Test
  void entryMayComeBack() {
    insert(0, 5);
    evictAll();
    insert(0, 5);

    assertThat(evictAll()).hasSize(5);
  }

  @Test
  void capacityMayChange() {
    insert(0, CAPACITY);
    policy.onCapacity(5);
    policy.onRemove(requireNonNull(policy.victim()));
    policy.onCapacity(100);
    insert(100, 150);

    assertThat(evictAll()).hasSize(CAPACITY - 1 + 50);
  }

  @Test
  void heavyEntriesAreEntriesLikeOthers() {
    policy.onInsert("heavy", CAPACITY);
    policy.onInsert("weightless", 0);
    policy.onUpdate("weightless", 3);
    policy.onUpdate("heavy", 1);

    assertThat(evictAll()).containsExactlyInAnyOrder("heavy", "weightless");
  }

  @Test
  void booksAreRightWhateverHappens() {
    Random random = new Random(42);
    Set<String> present = new LinkedHashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String key = "key " + random.nextInt(3 * CAPACITY);
      if (!present.contains(key)) {
        policy.onInsert(key, 1);
        present.add(key);
      } else if (random.nextInt(4) > 0) {
        policy.onRead(key);
      } else {
        policy.onRemove(key);
        present.remove(key);
      }
      while (present.size() > CAPACITY) {
        String victim = policy.victim();
        assertThat(present).contains(requireNonNull(victim));
        policy.onRemove(victim);
        present.remove(victim);
      }
    }

    assertThat(evictAll()).containsExactlyInAnyOrderElementsOf(present);
  }
}
