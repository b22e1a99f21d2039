package dev.larder.internal;

import javax.cache.Cache;

/**
 * A key and its value at some moment, independent of the cache.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public record CacheEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {
  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }
}
