package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/** Caffeine without its JCache face. It always keeps references. */
final class CaffeineOperations implements Operations {
  private final Cache<Integer, Integer> cache;
  private final ConcurrentMap<Integer, Integer> map;

  CaffeineOperations(Settings settings) {
    Caffeine<Object, Object> builder = Caffeine.newBuilder();
    if (settings.isBounded()) {
      builder.maximumSize(settings.bound());
    }
    if (settings.statistics()) {
      builder.recordStats();
    }
    switch (settings.lifetime()) {
      case ETERNAL -> {}
      case CREATED -> builder.expireAfter(Expiry.creating((key, value) -> Lifetime.LENGTH));
      case ACCESSED -> builder.expireAfterAccess(Lifetime.LENGTH);
    }
    this.cache = builder.build();
    this.map = cache.asMap();
  }

  @Override
  public Integer get(Integer key) {
    return cache.getIfPresent(key);
  }

  @Override
  public void put(Integer key, Integer value) {
    cache.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Integer key, Integer value) {
    return map.putIfAbsent(key, value) == null;
  }

  @Override
  public boolean replace(Integer key, Integer oldValue, Integer newValue) {
    return map.replace(key, oldValue, newValue);
  }

  @Override
  public Integer increment(Integer key) {
    return map.compute(key, (same, value) -> value + 1);
  }

  @Override
  public Map<Integer, Integer> getAll(Set<Integer> keys) {
    return cache.getAllPresent(keys);
  }

  @Override
  public void close() {
    cache.invalidateAll();
  }
}
