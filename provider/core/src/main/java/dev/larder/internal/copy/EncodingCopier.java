package dev.larder.internal.copy;

import dev.larder.spi.Serializer;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;

/**
 * Copies objects by a serializer, except for those that cannot change.
 *
 * @param <T> the type of the objects
 */
public final class EncodingCopier<T> implements UnaryOperator<T> {
  private final String cacheName;
  private final Serializer<T> serializer;
  private final Immutability immutability = new Immutability();

  /** Copies for one cache. */
  public EncodingCopier(String cacheName, Serializer<T> serializer) {
    this.cacheName = cacheName;
    this.serializer = serializer;
  }

  /**
   * Returns a copy, or the object itself if it cannot change.
   *
   * @throws CacheException if the serializer fails
   */
  @Override
  public T apply(T original) {
    if (immutability.isImmutable(original.getClass())) {
      return original;
    }
    try {
      T copy = serializer.decode(serializer.encode(original));
      if (copy == null) {
        throw new IllegalStateException("the copy is null");
      }
      return copy;
    } catch (RuntimeException | StackOverflowError e) {
      throw new CacheException(
          "cache '%s' stores by value, and the serializer %s cannot copy a %s: %s"
              .formatted(cacheName, serializer, original.getClass().getName(), e.getMessage()),
          e);
    }
  }
}
