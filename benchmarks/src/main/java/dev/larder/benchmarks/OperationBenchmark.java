package dev.larder.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
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

/** The operations of a plain JCache cache of 16,384 entries, on random keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OperationBenchmark {
  private static final int KEYS = 1 << 14;
  private static final int MASK = KEYS - 1;
  private static final EntryProcessor<Integer, String, String> TOUCH = new Touch();

  /** Whether the cache keeps copies or the objects themselves. */
  @Param({"false", "true"})
  boolean storeByValue;

  private final Integer[] present = new Integer[KEYS];
  private final Integer[] absent = new Integer[KEYS];
  private Set<Integer> some = Set.of();
  private CacheManager manager;
  private Cache<Integer, String> cache;

  @Setup
  public void open() {
    manager = Caching.getCachingProvider().getCacheManager();
    cache =
        manager.createCache(
            "operations",
            new MutableConfiguration<Integer, String>()
                .setTypes(Integer.class, String.class)
                .setStoreByValue(storeByValue));
    for (int i = 0; i < KEYS; i++) {
      present[i] = i;
      absent[i] = KEYS + i;
      cache.put(present[i], "jar " + i);
    }
    some = new TreeSet<>();
    for (int i = 0; i < 16; i++) {
      some.add(present[i * (KEYS / 16)]);
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }

  @Benchmark
  public String getHit() {
    return cache.get(any(present));
  }

  @Benchmark
  public String getMiss() {
    return cache.get(any(absent));
  }

  @Benchmark
  public boolean containsKey() {
    return cache.containsKey(any(present));
  }

  @Benchmark
  public void put() {
    cache.put(any(present), "jar");
  }

  @Benchmark
  public boolean putIfAbsentOfPresent() {
    return cache.putIfAbsent(any(present), "jar");
  }

  @Benchmark
  public String getAndPut() {
    return cache.getAndPut(any(present), "jar");
  }

  @Benchmark
  public String invoke() {
    return cache.invoke(any(present), TOUCH);
  }

  @Benchmark
  public Map<Integer, String> getAllOfSixteen() {
    return cache.getAll(some);
  }

  private static Integer any(Integer[] keys) {
    return keys[ThreadLocalRandom.current().nextInt() & MASK];
  }

  private static final class Touch implements EntryProcessor<Integer, String, String> {
    @Override
    public String process(MutableEntry<Integer, String> entry, Object... arguments) {
      return entry.getValue();
    }
  }
}
