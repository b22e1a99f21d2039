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
}
