package dev.larder.benchmarks;

import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;

/** A cache of a JCache provider. */
final class JCacheOperations implements Operations {
  private static final String NAME = "benchmark";
  private static final EntryProcessor<Integer, Integer, Integer> INCREMENT = new Increment();

  private final CachingProvider provider;
  private final Cache<Integer, Integer> cache;

  JCacheOperations(
      CachingProvider provider, Configuration<Integer, Integer> configuration, boolean statistics) {
    this.provider = provider;
    CacheManager manager = provider.getCacheManager();
    this.cache = manager.createCache(NAME, configuration);
    manager.enableStatistics(NAME, statistics);
  }

  @Override
  public Integer get(Integer key) {
    return cache.get(key);
  }

  @Override
  public void put(Integer key, Integer value) {
    cache.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Integer key, Integer value) {
    return cache.putIfAbsent(key, value);
  }

  @Override
  public boolean replace(Integer key, Integer oldValue, Integer newValue) {
    return cache.replace(key, oldValue, newValue);
  }

  @Override
  public Integer increment(Integer key) {
    return cache.invoke(key, INCREMENT);
  }

  @Override
  public Map<Integer, Integer> getAll(Set<Integer> keys) {
    return cache.getAll(keys);
  }

  @Override
  public void close() {
    provider.close();
  }

  private static final class Increment implements EntryProcessor<Integer, Integer, Integer> {
    @Override
    public Integer process(MutableEntry<Integer, Integer> entry, Object... arguments) {
      Integer sum = entry.getValue() + 1;
      entry.setValue(sum);
      return sum;
    }
  }
}
