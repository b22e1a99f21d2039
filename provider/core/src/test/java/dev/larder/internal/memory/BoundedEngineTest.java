package dev.larder.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eviction;
import dev.larder.FakeTicker;
import dev.larder.LarderConfiguration;
import dev.larder.internal.eviction.Bound;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.Remove;
import dev.larder.spi.EvictionPolicy;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedEngineTest {
  private static final int THREADS = 8;

  /**
   * Each thread may have one entry more in the cache than fits, the one that it is about to make
   * room for; when all are done, the queue holds just what the cache does.
   */
  @ParameterizedTest
  @EnumSource
  void threadsStayWithinTheBoundAndTheBooksDoNotDrift(Eviction eviction) throws Exception {
    int maxEntries = 100;
    FakeTicker ticker = new FakeTicker();
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            LarderConfiguration.builder(Integer.class, Integer.class)
                .maxEntries(maxEntries)
                .evictionPolicy(eviction)
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
                  for (int i = 0; i < 10_000; i++) {
                    oneOf(engine, random);
                    most.accumulateAndGet(weight(engine), Math::max);
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
    assertThat(weight(engine)).isEqualTo(keys(engine).size());
    engine.clear();
    assertThat(weight(engine)).isZero();
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

  private static long weight(MemoryEngine<?, ?> engine) {
    try {
      Field bound = Nodes.class.getDeclaredField("bound");
      bound.setAccessible(true);
      Field nodes = MemoryEngine.class.getDeclaredField("nodes");
      nodes.setAccessible(true);
      return ((Bound) bound.get(nodes.get(engine))).weight();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static LarderConfiguration.Builder<Integer, Integer> settings() {
    return LarderConfiguration.builder(Integer.class, Integer.class);
  }

  /** Returns the keys that are there, without a read that a policy would notice. */
  private static List<Integer> keys(MemoryEngine<Integer, ?> engine) {
    return IntStream.rangeClosed(0, 1_000).boxed().filter(engine::contains).toList();
  }

  private static void fill(MemoryEngine<Integer, Integer> engine, int from, int to) {
    for (int key = from; key < to; key++) {
      engine.execute(key, Put.put(key));
    }
  }

  @ParameterizedTest
  @EnumSource
  void boundIsExact(Eviction eviction) {
    MemoryEngine<Integer, Integer> engine =
        Engines.open(settings().maxEntries(10).evictionPolicy(eviction).build());
    fill(engine, 0, 100);

    assertThat(keys(engine)).hasSize(10);
  }

  @Test
  void weightIsBounded() {
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            settings().maxWeight(100, (key, value) -> value).evictionPolicy(Eviction.LRU).build());
    fill(engine, 10, 20);

    assertThat(keys(engine)).containsExactlyInAnyOrder(14, 15, 16, 17, 18, 19);
    assertThat(weight(engine)).isEqualTo(99);
    engine.execute(17, Put.put(50));
    assertThat(keys(engine)).containsExactlyInAnyOrder(17, 18, 19);
    assertThat(weight(engine)).isEqualTo(87);
  }

  @Test
  void entryHeavierThanTheBoundGoesAlone() {
    MemoryEngine<Integer, Integer> engine =
        Engines.open(settings().maxWeight(100, (key, value) -> value).build());
    fill(engine, 10, 15);
    engine.execute(1_000, Put.put(1_000));
    engine.execute(10, Put.put(101));

    assertThat(keys(engine)).containsExactlyInAnyOrder(11, 12, 13, 14);
  }

  @ParameterizedTest
  @EnumSource
  void boundAndPolicyMayChange(Eviction eviction) {
    LarderConfiguration<Integer, Integer> configuration = settings().maxEntries(50).build();
    MemoryEngine<Integer, Integer> engine = Engines.open(configuration);
    fill(engine, 0, 100);
    LarderConfiguration<Integer, Integer> other =
        configuration.toBuilder().maxEntries(60).evictionPolicy(eviction).build();

    engine.changeBound(configuration, other);
    assertThat(keys(engine)).hasSize(50);
    fill(engine, 200, 300);
    assertThat(keys(engine)).hasSize(60);
    engine.changeBound(other, other.toBuilder().maxEntries(7).build());
    assertThat(keys(engine)).hasSize(7);
    assertThat(weight(engine)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void everyPolicyHandsItsEntriesOver(Eviction eviction) {
    LarderConfiguration<Integer, Integer> first =
        settings().maxEntries(10).evictionPolicy(eviction).build();
    for (Eviction next : Eviction.values()) {
      MemoryEngine<Integer, Integer> engine = Engines.open(first);
      fill(engine, 0, 100);
      engine.changeBound(first, first.toBuilder().evictionPolicy(next).build());

      assertThat(keys(engine)).hasSize(10);
      fill(engine, 100, 200);
      assertThat(keys(engine)).as("%s to %s", eviction, next).hasSize(10);
    }
  }

  @Test
  void ownPolicyChooses() {
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            settings()
                .maxEntries(10)
                .evictionPolicy(new FactoryBuilder.SingletonFactory<>(new Newest()))
                .build());
    fill(engine, 0, 100);

    assertThat(keys(engine)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void boundHoldsUnderAPolicyThatFails() {
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            settings()
                .maxEntries(10)
                .evictionPolicy(new FactoryBuilder.SingletonFactory<>(new Broken()))
                .build());
    fill(engine, 0, 100);

    assertThat(keys(engine)).containsExactlyInAnyOrder(90, 91, 92, 93, 94, 95, 96, 97, 98, 99);
    assertThat(engine.get(95)).isEqualTo(95);
  }

  /** Evicts what was inserted last. */
  static final class Newest implements EvictionPolicy<Integer> {
    private final ArrayList<Integer> keys = new ArrayList<>();

    @Override
    public void onInsert(Integer key, long weight) {
      keys.add(key);
    }

    @Override
    public void onRead(Integer key) {}

    @Override
    public void onRemove(Integer key) {
      keys.remove(key);
    }

    @Override
    public @Nullable Integer victim() {
      return keys.isEmpty() ? null : keys.get(keys.size() - 1);
    }
  }

  /** Names keys that are not there, and throws. */
  static final class Broken implements EvictionPolicy<Integer> {
    private int calls;

    @Override
    public void onInsert(Integer key, long weight) {}

    @Override
    public void onRead(Integer key) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void onRemove(Integer key) {}

    @Override
    public @Nullable Integer victim() {
      if (++calls % 2 == 0) {
        throw new IllegalStateException("on purpose");
      }
      return -1;
    }
  }
}
