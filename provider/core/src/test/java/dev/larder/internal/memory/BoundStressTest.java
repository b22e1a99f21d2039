package dev.larder.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eviction;
import dev.larder.FakeTicker;
import dev.larder.LarderConfiguration;
import dev.larder.internal.eviction.Bound;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.table.NodeTable;
import dev.larder.spi.EvictionPolicy;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bounded caches under eight threads, with every policy: how far they exceed their bound, and
 * whether their books are right afterwards.
 *
 * <p>Each case takes a moment, or as many seconds as {@code larder.stress.seconds} says, which then
 * also has the greatest excess printed.
 */
class BoundStressTest {
  private static final int THREADS = 8;
  private static final int BOUND = 10_000;
  private static final int HEAVIEST = 10;
  private static final List<Eviction> POLICIES = List.of(Eviction.values());
  private static final int SECONDS = Integer.getInteger("larder.stress.seconds", 0);
  private static final int FEWEST_PUTS = 3_000;

  /** A policy, and whether entries are counted or weighed. */
  record Case(
      String name, Factory<? extends EvictionPolicy<? super Integer>> policy, boolean byWeight) {
    LarderConfiguration.Builder<Integer, Integer> settings(long bound) {
      LarderConfiguration.Builder<Integer, Integer> settings =
          LarderConfiguration.builder(Integer.class, Integer.class).evictionPolicy(policy);
      return byWeight
          ? settings.maxWeight(bound, (key, value) -> value)
          : settings.maxEntries(bound);
    }

    @Override
    public String toString() {
      return name + (byWeight ? " by weight" : " by entries");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean byWeight : List.of(false, true)) {
      for (Eviction eviction : POLICIES) {
        cases.add(new Case(eviction.toString(), eviction, byWeight));
      }
      cases.add(new Case("own policy", FactoryBuilder.factoryOf(OldestFirst.class), byWeight));
    }
    return cases.stream();
  }

  // ---- the bound ------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("cases")
  void storms(Case each) throws Exception {
    MemoryEngine<Integer, Integer> engine = Engines.open(each.settings(BOUND).build());
    for (int key = 0; key < BOUND; key++) {
      engine.execute(key, Put.put(HEAVIEST));
    }
    AtomicLong puts = new AtomicLong();
    AtomicLong heaviest = new AtomicLong();
    AtomicLong fullest = new AtomicLong();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Table table = new Table(engine);

    inThreads(
        random -> {
          long done = 0;
          for (; done < FEWEST_PUTS || System.nanoTime() < end; done++) {
            int key = random.nextInt(10 * BOUND);
            engine.execute(key, Put.put(1 + random.nextInt(HEAVIEST)));
            heaviest.accumulateAndGet(weight(engine), Math::max);
            if (done % 1_000 == 0) {
              fullest.accumulateAndGet(table.size(), Math::max);
            }
          }
          puts.addAndGet(done);
        });

    if (SECONDS > 0) {
      System.out.printf(
          "%s, %d: at most %d in the books and %d entries in the table, in %,d puts of %d s%n",
          each, BOUND, heaviest.get(), fullest.get(), puts.get(), SECONDS);
    }
    long slack = THREADS * (each.byWeight() ? HEAVIEST : 1L);
    assertThat(heaviest.get()).isBetween((long) BOUND, BOUND + slack);
    if (!each.byWeight()) {
      assertThat(fullest.get()).isBetween(BOUND - slack, BOUND + slack);
    }
    assertThat(weight(engine)).isBetween(BOUND - slack, (long) BOUND);
  }

  // ---- the books ------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("cases")
  void booksAgreeWithTheTableAfterAllThatChangesIt(Case each) throws Exception {
    FakeTicker ticker = new FakeTicker();
    LarderConfiguration<Integer, Integer> first =
        each.settings(100)
            .ticker(ticker)
            .expiryPolicy(
                new FactoryBuilder.SingletonFactory<>(
                    new CreatedExpiryPolicy(new Duration(TimeUnit.MILLISECONDS, 1))))
            .build();
    MemoryEngine<Integer, Integer> engine = Engines.open(first);
    AtomicBoolean changing = new AtomicBoolean();
    int steps = 500 + 5_000 * SECONDS;

    inThreads(
        random -> {
          LarderConfiguration<Integer, Integer> present = first;
          for (int i = 0; i < steps; i++) {
            mixed(engine, random);
            ticker.advance(100);
            if (i % 100 == 0 && changing.compareAndSet(false, true)) {
              present = changed(engine, present, each, random);
              changing.set(false);
            }
          }
        });

    ticker.advance(TimeUnit.SECONDS.toNanos(1));
    engine.sweep();
    assertBooksAreRight(engine, each);
    assertThat(weight(engine)).as("all have expired").isZero();
    for (int key = 0; key < 300; key++) {
      engine.execute(key, Put.put(1 + key % HEAVIEST));
    }
    assertThat(weight(engine)).isPositive();
    assertBooksAreRight(engine, each);
  }

  @Test
  void aPolicyHearsOfEachKeyOnceAndIsNotBlamedForOthersEvictions() throws Exception {
    OldestFirst policy = new OldestFirst();
    MemoryEngine<Integer, Integer> engine =
        Engines.open(
            LarderConfiguration.builder(Integer.class, Integer.class)
                .maxEntries(20)
                .evictionPolicy(() -> policy)
                .build());
    Queue<LogRecord> logged = new ConcurrentLinkedQueue<>();
    Logger log = Logger.getLogger("dev.larder.eviction");
    Handler handler = new Recording(logged);
    log.addHandler(handler);
    try {
      inThreads(
          random -> {
            for (int i = 0; i < 3_000; i++) {
              mixed(engine, random);
            }
          });
    } finally {
      log.removeHandler(handler);
    }

    assertThat(logged).isEmpty();
    assertThat(policy.contradictions).isZero();
    assertThat(policy.keys).hasSize((int) weight(engine));
  }

  private static void mixed(MemoryEngine<Integer, Integer> engine, Random random) {
    EntryProcessor<Integer, Integer, Integer> heavier =
        (entry, arguments) -> {
          entry.setValue(entry.exists() ? entry.getValue() % HEAVIEST + 1 : 1);
          return null;
        };
    int key = random.nextInt(300);
    int value = 1 + random.nextInt(HEAVIEST);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> engine.execute(key, Put.put(value));
      case 3 -> engine.execute(key, Remove.<Integer>remove());
      case 4 -> engine.execute(key, Replace.getAndReplace(value));
      case 5 -> Engines.invoke(engine, key, heavier);
      case 6 -> rarely(random, engine::clear);
      case 7 -> rarely(random, engine::removeAll);
      case 8 -> rarely(random, engine::sweep);
      default -> engine.get(key);
    }
  }

  private static void rarely(Random random, Runnable action) {
    if (random.nextInt(20) == 0) {
      action.run();
    }
  }

  /** Changes the bound, and at times the policy. */
  private static LarderConfiguration<Integer, Integer> changed(
      MemoryEngine<Integer, Integer> engine,
      LarderConfiguration<Integer, Integer> from,
      Case each,
      Random random) {
    int bound = 20 + random.nextInt(200);
    LarderConfiguration.Builder<Integer, Integer> to = from.toBuilder();
    if (each.byWeight()) {
      to.maxWeight(bound, (key, value) -> value);
    } else {
      to.maxEntries(bound);
    }
    Factory<? extends EvictionPolicy<? super Integer>> other =
        POLICIES.get(random.nextInt(POLICIES.size()));
    to.evictionPolicy(random.nextBoolean() ? each.policy() : other);
    LarderConfiguration<Integer, Integer> next = to.build();
    engine.changeBound(from, next);
    return next;
  }

  private static void assertBooksAreRight(MemoryEngine<Integer, Integer> engine, Case each) {
    long entries = 0;
    long weight = 0;
    for (Cache.Entry<Integer, Integer> entry :
        (Iterable<Cache.Entry<Integer, Integer>>) engine::iterator) {
      entries++;
      weight += entry.getValue();
    }
    assertThat(weight(engine)).as("weight").isEqualTo(each.byWeight() ? weight : entries);
    assertThat(new Table(engine).size()).as("nodes in the table").isEqualTo(entries);
  }

  // ---- threads and insides --------------------------------------------------------------------

  private interface Work {
    void with(Random random) throws Exception;
  }

  private static void inThreads(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int seed = 0; seed < THREADS; seed++) {
        Random random = new Random(seed);
        done.add(
            threads.submit(
                () -> {
                  work.with(random);
                  return null;
                }));
      }
      for (Future<?> thread : done) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long weight(MemoryEngine<?, ?> engine) {
    return ((Bound) inside(Nodes.class, "bound", inside(MemoryEngine.class, "nodes", engine)))
        .weight();
  }

  private static Object inside(Class<?> type, String name, Object object) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** The table of an engine, whose nodes are counted while no other thread can change them. */
  private static final class Table {
    private final List<?> stripes;

    Table(MemoryEngine<?, ?> engine) {
      stripes =
          (List<?>) inside(NodeTable.class, "stripes", inside(MemoryEngine.class, "table", engine));
    }

    long size() {
      List<ReentrantLock> locks =
          stripes.stream()
              .map(stripe -> (ReentrantLock) inside(stripe.getClass(), "lock", stripe))
              .toList();
      locks.forEach(ReentrantLock::lock);
      try {
        return stripes.stream()
            .mapToInt(stripe -> (Integer) inside(stripe.getClass(), "size", stripe))
            .sum();
      } finally {
        locks.forEach(ReentrantLock::unlock);
      }
    }
  }

  /** A policy as users write them: evicts what was inserted first. */
  public static final class OldestFirst implements EvictionPolicy<Integer> {
    private final Set<Integer> keys = new LinkedHashSet<>();
    private int contradictions;

    /** Called by a factory. */
    public OldestFirst() {}

    @Override
    public void onInsert(Integer key, long weight) {
      contradictions += keys.add(key) ? 0 : 1;
    }

    @Override
    public void onRead(Integer key) {}

    @Override
    public void onRemove(Integer key) {
      contradictions += keys.remove(key) ? 0 : 1;
    }

    @Override
    public @Nullable Integer victim() {
      return keys.isEmpty() ? null : keys.iterator().next();
    }
  }

  /** Keeps what is logged. */
  private static final class Recording extends Handler {
    private final Queue<LogRecord> records;

    Recording(Queue<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
