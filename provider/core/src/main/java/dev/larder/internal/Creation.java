package dev.larder.internal;

import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/** Creation of what users configured: a factory that does not deliver is named in the exception. */
public final class Creation {
  private Creation() {}

  /**
   * Returns what a factory makes.
   *
   * @param role what it makes, for errors
   * @throws CacheException if the factory throws, or makes nothing
   */
  public static <T> T create(Factory<? extends T> factory, String role, String cacheName) {
    T created;
    try {
      created = factory.create();
    } catch (RuntimeException e) {
      throw new CacheException(
          "cache '%s': the factory of its %s failed".formatted(cacheName, role), e);
    }
    if (created == null) {
      throw new CacheException(
          "cache '%s': the factory of its %s returned null".formatted(cacheName, role));
    }
    return created;
  }
}
