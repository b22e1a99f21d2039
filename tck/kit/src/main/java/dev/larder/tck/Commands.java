package dev.larder.tck;

import static java.util.stream.Collectors.toCollection;

import dev.larder.async.AsyncCache;
import dev.larder.async.KeyExistsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a cache has on both its fronts, for what is asked of both: {@code
 * javax.cache.Cache}, whose callers wait, and {@link AsyncCache}, whose callers get a stage.
 */
interface Commands<K, V> {
  @Nullable V get(K key);

  /** Gets values in the order of the keys, with null for each that has none. */
  List<@Nullable V> multiGet(List<K> keys);

  void set(K key, @Nullable V value);

  void multiSet(Map<K, V> entries);

  /** Sets a new key; says false if it is there. */
  boolean add(K key, V value);

  boolean exists(K key);

  /** Removes a key; says how many entries that were. */
  int delete(K key);

  boolean replace(K key, V oldValue, V newValue);

  void clear();

  void close();

  /** Returns the commands of callers who wait. */
  static <K, V> Commands<K, V> of(Cache<K, V> cache) {
    return new Waiting<>(cache);
  }

  /** Returns the commands of callers who do not; each is waited for here. */
  static <K, V> Commands<K, V> of(AsyncCache<K, V> cache) {
    return new Asynchronous<>(cache);
  }

  /** {@code javax.cache.Cache}. */
  record Waiting<K, V>(Cache<K, V> cache) implements Commands<K, V> {
    @Override
    public @Nullable V get(K key) {
      return cache.get(key);
    }

    @Override
    public List<@Nullable V> multiGet(List<K> keys) {
      Set<K> distinct = keys.stream().collect(toCollection(LinkedHashSet::new));
      Map<K, V> found = cache.getAll(distinct);
      List<@Nullable V> values = new ArrayList<>();
      keys.forEach(key -> values.add(found.get(key)));
      return values;
    }

    @Override
    @SuppressWarnings("NullAway") // null is an argument to refuse
    public void set(K key, @Nullable V value) {
      cache.put(key, value);
    }

    @Override
    public void multiSet(Map<K, V> entries) {
      cache.putAll(entries);
    }

    @Override
    public boolean add(K key, V value) {
      return cache.putIfAbsent(key, value);
    }

    @Override
    public boolean exists(K key) {
      return cache.containsKey(key);
    }

    @Override
    public int delete(K key) {
      return cache.remove(key) ? 1 : 0;
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
      return cache.replace(key, oldValue, newValue);
    }

    @Override
    public void clear() {
      cache.clear();
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  /** {@link AsyncCache}. */
  record Asynchronous<K, V>(AsyncCache<K, V> cache) implements Commands<K, V> {
    @Override
    public @Nullable V get(K key) {
      return WaitingCache.await(cache.get(key));
    }

    @Override
    public List<@Nullable V> multiGet(List<K> keys) {
      return WaitingCache.await(cache.multiGet(keys));
    }

    @Override
    public void set(K key, @Nullable V value) {
      WaitingCache.await(cache.set(key, value));
    }

    @Override
    public void multiSet(Map<K, V> entries) {
      WaitingCache.await(cache.multiSet(entries));
    }

    @Override
    public boolean add(K key, V value) {
      try {
        WaitingCache.await(cache.add(key, value));
        return true;
      } catch (KeyExistsException exists) {
        return false;
      }
    }

    @Override
    public boolean exists(K key) {
      return WaitingCache.await(cache.exists(key));
    }

    @Override
    public int delete(K key) {
      return WaitingCache.await(cache.delete(key));
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
      return WaitingCache.await(cache.replace(key, oldValue, newValue));
    }

    @Override
    public void clear() {
      WaitingCache.await(cache.clear());
    }

    @Override
    public void close() {
      WaitingCache.await(cache.close());
    }
  }
}
