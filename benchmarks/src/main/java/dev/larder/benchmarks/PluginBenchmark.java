package dev.larder.benchmarks;

import dev.larder.async.AsyncCache;
import dev.larder.async.CachePlugin;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A hit in memory: of the cache itself, and of its asynchronous face without and with a plugin. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class PluginBenchmark {
  private CacheManager manager;
  private Cache<Integer, Integer> cache;
  private AsyncCache<Integer, Integer> plain;
  private AsyncCache<Integer, Integer> plugged;

  /** Makes three faces of one cache. */
  @Setup
  public void open() {
    manager =
        Caching.getCachingProvider("dev.larder.LarderCachingProvider")
            .getCacheManager(URI.create("memory:plugins"), null);
    cache =
        manager.createCache(
            "c", new MutableConfiguration<Integer, Integer>().setStoreByValue(false));
    cache.put(1, 1);
    plain = AsyncCache.of(cache);
    plugged =
        AsyncCache.of(cache, AsyncCache.Settings.builder().plugin(new CachePlugin() {}).build());
  }

  @TearDown
  public void close() {
    manager.close();
  }

  @Benchmark
  public Integer synchronous() {
    return cache.get(1);
  }

  @Benchmark
  public CompletionStage<Integer> withoutPlugin() {
    return plain.get(1);
  }

  @Benchmark
  public CompletionStage<Integer> withPlugin() {
    return plugged.get(1);
  }
}
