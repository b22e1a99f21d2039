package dev.larder.internal.remote;

/**
 * Turns objects into bytes and back, as one stored format defines it.
 *
 * @param <T> the type of the objects
 */
interface Codec<T> {
  /**
   * Returns the bytes of an object.
   *
   * @throws javax.cache.CacheException if it has none, naming its class
   */
  byte[] encode(T object);

  /**
   * Returns the object of some bytes.
   *
   * @throws UndecodableException if they are not of this format
   */
  T decode(byte[] bytes) throws UndecodableException;

  /** Says whether all bytes are those of an object, so that none need be looked at to know. */
  default boolean readsAll() {
    return false;
  }

  /** Says whether undecodable bytes look like those of a newer release, which others may read. */
  default boolean isNewer(byte[] bytes) {
    return false;
  }
}
