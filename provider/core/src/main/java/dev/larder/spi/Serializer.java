package dev.larder.spi;

import java.io.Serializable;

/**
 * Turns values into bytes and back: the form in which a cache keeps them on a server, and by which
 * a cache in memory copies them.
 *
 * <p>What {@link #encode} returns is stored as it is, with nothing added, so other programs can
 * read it. {@code dev.larder.Serializers} has those that come with Larder. A serializer must be
 * safe for any thread, and is {@link Serializable} because configurations are.
 *
 * @param <T> the type of values
 */
public interface Serializer<T> extends Serializable {
  /**
   * Returns the bytes of a value, in an array that nobody changes from now on.
   *
   * @throws RuntimeException if it has none; the cache's operation then fails with a {@link
   *     javax.cache.CacheException} that has it as its cause
   */
  byte[] encode(T value);

  /**
   * Returns the value of some bytes, which may come from anybody who can write to the server, and
   * are not to be changed or kept.
   *
   * @throws RuntimeException if they are not of this format; the entry then counts as missing,
   *     which is logged
   */
  T decode(byte[] bytes);
}
