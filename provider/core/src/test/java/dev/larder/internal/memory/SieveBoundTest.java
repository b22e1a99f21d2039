package dev.larder.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.FakeTicker;
import dev.larder.LarderConfiguration;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.Remove;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SieveBoundTest {
  private static final int THREADS = 8;

  private final SieveBound<String> bound = new SieveBound<>(3);
  private final BoundedNode<String> a = add("a");
  private final BoundedNode<String> b = add("b");
  private final BoundedNode<String> c = add("c");

  private BoundedNode<String> add(String key) {
    BoundedNode<String> node = new BoundedNode<>(key, key, Long.MAX_VALUE);
    bound.add(node);
    return node;
  }

  private String evict() {
    BoundedNode<String> victim = bound.victim();
    if (victim == null) {
      return "none";
    }
    bound.remove(victim);
    return (String) victim.key;
  }

  @Test
  void oldestGoesFirst() {
    assertThat(List.of(evict(), evict(), evict(), evict())).containsExactly("a", "b", "c", "none");
  }

  @Test
  void visitedIsSparedOnce() {
    a.visited = true;

    assertThat(evict()).isEqualTo("b");
    assertThat(a.visited).isFalse();
    assertThat(List.of(evict(), evict())).containsExactly("c", "a");
  }

  @Test
  void handGoesOnWhereItStopped() {
    a.visited = true;
    evict();
    add("d");

    // The hand stands on c; it comes to a, which is older, after all that are newer.
    assertThat(List.of(evict(), evict(), evict())).containsExactly("c", "d", "a");
  }

  @Test
  void whenAllAreVisitedTheFirstLookedAtGoes() {
    a.visited = true;
    b.visited = true;
    c.visited = true;

    assertThat(evict()).isEqualTo("a");
  }

  @Test
  void removalOfTheHandMovesItOn() {
    a.visited = true;
    evict();
    bound.remove(c);

    assertThat(List.of(evict(), evict())).containsExactly("a", "none");
  }

  @Test
  void victimThatStaysIsPassedOver() {
    assertThat(bound.victim()).isSameAs(a);
    assertThat(bound.victim()).isSameAs(b);
    assertThat(bound.victim()).isSameAs(c);
    assertThat(bound.victim()).isSameAs(a);
  }

  @Test
  void secondRemovalHasNoEffect() {
    bound.remove(b);
    bound.remove(b);
    add("d");

    assertThat(bound.isExceeded()).isFalse();
    add("e");
    assertThat(bound.isExceeded()).isTrue();
  }

  /** Compares with SIEVE in its plainest form: a list from old to new, and the hand's position. */
  @Property(tries = 300)
  void sievesLikeAList(@ForAll @Size(max = 80) List<@IntRange(min = 0, max = 29) Integer> steps) {
    SieveBound<Integer> sieve = new SieveBound<>(5);
    Map<Integer, BoundedNode<Integer>> nodes = new LinkedHashMap<>();
    Model model = new Model();
    int next = 0;
    for (int step : steps) {
      int chosen = step % 10;
      List<Integer> present = new ArrayList<>(nodes.keySet());
      if (step < 10 || present.isEmpty()) {
        BoundedNode<Integer> node = new BoundedNode<>(next, next, Long.MAX_VALUE);
        nodes.put(next, node);
        sieve.add(node);
        model.queue.add(next++);
      } else if (step < 20) {
        int key = present.get(chosen % present.size());
        nodes.get(key).visited = true;
        model.visited.put(key, true);
      } else if (chosen < 5) {
        int key = present.get(chosen % present.size());
        sieve.remove(nodes.remove(key));
        model.remove(key);
      } else {
        BoundedNode<Integer> victim = sieve.victim();
        assertThat(victim.key).isEqualTo(model.victim());
        sieve.remove(nodes.remove((Integer) victim.key));
        model.remove((Integer) victim.key);
      }
      assertThat(sieve.isExceeded()).isEqualTo(model.queue.size() > 5);
    }
  }

  private static final class Model {
    private final List<Integer> queue = new ArrayList<>();
    private final Map<Integer, Boolean> visited = new LinkedHashMap<>();
    private int hand;

    Integer victim() {
      while (true) {
        Integer candidate = queue.get(hand);
        moveHandTo(hand + 1);
        if (!visited.getOrDefault(candidate, false)) {
          return candidate;
        }
        visited.put(candidate, false);
      }
    }

    /** Past the newest comes the oldest at once, not what is added later. */
    private void moveHandTo(int index) {
      hand = index >= queue.size() ? 0 : index;
    }

    void remove(Integer key) {
      int index = queue.indexOf(key);
      queue.remove(index);
      moveHandTo(index < hand ? hand - 1 : hand);
    }
  }

  /**
   * Each thread may have one entry more in the cache than fits, the one that it is about to make
   * room for; when all are done, the queue holds just what the cache does.
   */
  @Test
  void threadsStayWithinTheBoundAndTheQueueDoesNotDrift() throws Exception {
    int maxEntries = 100;
    FakeTicker ticker = new FakeTicker();
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            LarderConfiguration.builder(Integer.class, Integer.class)
                .maxEntries(maxEntries)
                .expiryPolicy(
                    new FactoryBuilder.SingletonFactory<>(
                        new CreatedExpiryPolicy(new Duration(TimeUnit.MILLISECONDS, 1))))
                .ticker(ticker)
                .build());
    AtomicLong most = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int seed = 0; seed < THREADS; seed++) {
        Random random = new Random(seed);
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    oneOf(engine, random);
                    most.accumulateAndGet(queueLength(engine), Math::max);
                    ticker.advance(100);
                  }
                }));
      }
      for (Future<?> thread : done) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween((long) maxEntries, (long) maxEntries + THREADS);
    engine.sweep();
    AtomicInteger entries = new AtomicInteger();
    engine.iterator().forEachRemaining(entry -> entries.incrementAndGet());
    assertThat(queueLength(engine)).isEqualTo(entries.get());
    engine.clear();
    assertThat(queueLength(engine)).isZero();
  }

  private static void oneOf(MemoryEngine<Integer, Integer> engine, Random random) {
    EntryProcessor<Integer, Integer, Integer> increment =
        (entry, arguments) -> {
          entry.setValue(entry.exists() ? entry.getValue() + 1 : 0);
          return null;
        };
    int key = random.nextInt(300);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> engine.execute(key, Put.put(key));
      case 3 -> engine.execute(key, Remove.<Integer>remove());
      case 4, 5 -> Engines.invoke(engine, key, increment);
      default -> engine.get(key);
    }
  }

  private static long queueLength(MemoryEngine<?, ?> engine) {
    try {
      Field bound = MemoryEngine.class.getDeclaredField("bound");
      bound.setAccessible(true);
      Field size = SieveBound.class.getDeclaredField("size");
      size.setAccessible(true);
      return size.getLong(bound.get(engine));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
