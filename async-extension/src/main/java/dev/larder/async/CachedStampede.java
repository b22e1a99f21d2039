package dev.larder.async;

import java.time.Duration;

/** Decorators that let one call work for all that would do the same: {@link Cached} made so. */
public final class CachedStampede {
  private CachedStampede() {}

  /** Returns a decorator for one JVM; see {@link Cached#singleFlight()}. */
  public static <K, V> Cached<K, V> of(AsyncCache<K, V> cache) {
    return Cached.of(cache).singleFlight();
  }

  /**
   * Returns a decorator for all JVMs that share the caches; see {@link
   * Cached#singleFlight(AsyncCache, Duration)}.
   */
  public static <K, V> Cached<K, V> of(
      AsyncCache<K, V> cache, AsyncCache<K, String> locks, Duration lease) {
    return Cached.of(cache).singleFlight(locks, lease);
  }
}
