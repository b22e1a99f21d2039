package dev.larder.internal.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the {@link CacheLoader}; its only caller.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class ReadThrough<K, V> implements Function<K, @Nullable V> {
  private final String cacheName;
  private final CacheLoader<K, V> loader;
  private final UnaryOperator<K> keyCopier;
  private final UnaryOperator<V> valueCopier;
  private final Statistics statistics;
  private final boolean duringGet;

  /**
   * Wraps a loader.
   *
   * @param keyCopier keeps stored keys apart from those that the loader gets
   * @param valueCopier keeps stored values apart from the loader's
   */
  public ReadThrough(
      String cacheName,
      CacheLoader<K, V> loader,
      UnaryOperator<K> keyCopier,
      UnaryOperator<V> valueCopier,
      Statistics statistics) {
    this(cacheName, loader, keyCopier, valueCopier, statistics, false);
  }

  private ReadThrough(
      String cacheName,
      CacheLoader<K, V> loader,
      UnaryOperator<K> keyCopier,
      UnaryOperator<V> valueCopier,
      Statistics statistics,
      boolean duringGet) {
    this.cacheName = cacheName;
    this.loader = loader;
    this.keyCopier = keyCopier;
    this.valueCopier = valueCopier;
    this.statistics = statistics;
    this.duringGet = duringGet;
  }

  /** Returns the same loader for gets that miss, whose time does not include loading (JSR-107). */
  public ReadThrough<K, V> onMiss() {
    return new ReadThrough<>(cacheName, loader, keyCopier, valueCopier, statistics, true);
  }

  /** Returns the key under which to store what a reader missed, whose own key may change. */
  public K ownKey(K key) {
    return keyCopier.apply(key);
  }

  /** Loads one value, or returns {@code null} where the loader has none. */
  @Override
  public @Nullable V apply(K key) {
    try {
      K own = keyCopier.apply(key);
      V value = timed(1, () -> loader.load(own));
      return value == null ? null : valueCopier.apply(value);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (Exception e) {
      throw new CacheLoaderException("the cache loader failed for key " + key, e);
    }
  }

  /** Loads the values of these keys in one call; leaves out nulls and what was not asked for. */
  public Map<K, V> loadAll(Set<? extends K> keys) {
    try {
      Set<K> copies = new LinkedHashSet<>();
      keys.forEach(key -> copies.add(keyCopier.apply(key)));
      Map<K, V> loaded = timed(copies.size(), () -> loader.loadAll(copies));
      Map<K, V> found = new HashMap<>();
      if (loaded == null) {
        return found;
      }
      for (K key : keys) {
        V value = loaded.get(key);
        if (value != null) {
          found.put(key, valueCopier.apply(value));
        }
      }
      return found;
    } catch (CacheLoaderException e) {
      throw e;
    } catch (Exception e) {
      throw new CacheLoaderException("the cache loader failed for " + keys.size() + " keys", e);
    }
  }

  private <R extends @Nullable Object> R timed(int keys, Supplier<R> load) {
    long start = statistics.startLoad();
    Span span = Span.load(cacheName, keys);
    boolean failed = true;
    try {
      R loaded = load.get();
      failed = false;
      return loaded;
    } finally {
      statistics.stopLoad(start, failed);
      if (duringGet) {
        statistics.excludeFromGet(start);
      }
      if (span != null) {
        span.end(failed);
      }
    }
  }
}
