package dev.larder.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The operations of a cache of 16,384 entries, on keys that are present, in random order.
 *
 * <p>A bounded cache has room for twice as many, so that it keeps the books but evicts nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class OperationBenchmark {
  private static final int KEYS = 1 << 14;
  private static final int MASK = KEYS - 1;

  /** What is measured. */
  @Param({
    "CONCURRENT_HASH_MAP",
    "CAFFEINE",
    "LARDER",
    "CAFFEINE_JCACHE",
    "EHCACHE",
    "CACHE2K",
    "RI"
  })
  Subject subject;

  /** Whether the number of entries has a bound. */
  @Param("false")
  boolean bounded;

  /** Whether the cache keeps copies or the objects themselves. */
  @Param("false")
  boolean byValue;

  /** Whether the cache counts. */
  @Param("false")
  boolean statistics;

  /** When entries expire. */
  @Param("ETERNAL")
  Lifetime lifetime;

  private Operations operations;

  /** Fills the cache and checks that it keeps what it was given. */
  @Setup
  public void open() {
    Settings settings =
        new Settings(bounded ? 2 * KEYS : Settings.UNBOUNDED, byValue, statistics, lifetime);
    if (!subject.supports(settings)) {
      throw new IllegalArgumentException(subject.title() + " can not have " + settings);
    }
    operations = subject.open(settings);
    List<Integer> keys = keys();
    keys.forEach(key -> operations.put(key, key));
    for (Integer key : keys) {
      if (!key.equals(operations.get(key))) {
        throw new IllegalStateException(subject.title() + " has lost key " + key);
      }
    }
    System.gc(); // entries that live long lie side by side, without what filling them left between
  }

  @TearDown
  public void close() {
    operations.close();
  }

  /** Returns keys that are too great for the JVM to have made their objects before. */
  private static List<Integer> keys() {
    List<Integer> keys = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      keys.add(KEYS + i);
    }
    return keys;
  }

  private static Integer[] copies(List<Integer> integers) {
    return integers.stream().mapToInt(Integer::intValue).boxed().toArray(Integer[]::new);
  }

  @Benchmark
  public Integer getHit(Keys keys) {
    keys.advance();
    return operations.get(keys.key());
  }

  /** Three gets to one put. */
  @Benchmark
  public Integer mixed(Keys keys) {
    keys.advance();
    if (keys.isFourth()) {
      operations.put(keys.key(), keys.value());
      return keys.key();
    }
    return operations.get(keys.key());
  }

  @Benchmark
  public void put(Keys keys) {
    keys.advance();
    operations.put(keys.key(), keys.value());
  }

  @Benchmark
  public boolean putIfAbsent(Keys keys) {
    keys.advance();
    return operations.putIfAbsent(keys.key(), keys.value());
  }

  /** Replaces a value by one that is equal but another object. */
  @Benchmark
  public boolean replace(Keys keys) {
    keys.advance();
    return operations.replace(keys.key(), keys.key(), keys.value());
  }

  @Benchmark
  public Integer invoke(Keys keys) {
    keys.advance();
    return operations.increment(keys.key());
  }

  @Benchmark
  public Map<Integer, Integer> getAllOfHundred(Keys keys) {
    return operations.getAll(keys.hundred);
  }

  /** One thread's way through the keys. */
  @State(Scope.Thread)
  public static class Keys {
    private Integer[] order = {};
    private Integer[] evens = {};
    private Integer[] odds = {};
    private Set<Integer> hundred = Set.of();
    private int turn;

    /** Shuffles the keys, for each thread in another way but the same for each subject. */
    @Setup
    public void shuffle(ThreadParams thread) {
      List<Integer> keys = keys();
      Collections.shuffle(keys, new Random(thread.getThreadIndex()));
      order = keys.toArray(Integer[]::new);
      evens = copies(keys);
      odds = copies(keys);
      hundred = new LinkedHashSet<>(keys.subList(0, 100));
    }

    void advance() {
      turn++;
    }

    Integer key() {
      return order[turn & MASK];
    }

    /** Returns an integer equal to the key, and another object than in the round before. */
    Integer value() {
      Integer[] values = (turn & KEYS) == 0 ? evens : odds;
      return values[turn & MASK];
    }

    boolean isFourth() {
      return (turn & 3) == 0;
    }
  }
}
