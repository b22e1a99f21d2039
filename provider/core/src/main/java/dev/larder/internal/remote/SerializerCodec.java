package dev.larder.internal.remote;

import dev.larder.spi.Serializer;
import javax.cache.CacheException;

/** The plain format: what a serializer makes of a value, and nothing else. */
final class SerializerCodec<T> implements Codec<T> {
  private final String cacheName;
  private final Class<T> type;
  private final Serializer<T> serializer;

  SerializerCodec(String cacheName, Class<T> type, Serializer<T> serializer) {
    this.cacheName = cacheName;
    this.type = type;
    this.serializer = serializer;
  }

  @Override
  public byte[] encode(T object) {
    try {
      byte[] bytes = serializer.encode(object);
      if (bytes == null) {
        throw new IllegalStateException("it returned null");
      }
      return bytes;
    } catch (RuntimeException | StackOverflowError e) {
      throw new CacheException(
          "cache '%s': the serializer %s cannot encode a %s: %s"
              .formatted(cacheName, serializer, object.getClass().getName(), e.getMessage()),
          e);
    }
  }

  @Override
  public boolean readsAll() {
    return serializer instanceof BytesSerializer;
  }

  @Override
  public T decode(byte[] bytes) throws UndecodableException {
    Object object;
    try {
      object = serializer.decode(bytes);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new UndecodableException(
          "the serializer %s cannot decode it (%s)"
              .formatted(serializer, e.getClass().getSimpleName()),
          e);
    }
    if (!type.isInstance(object)) {
      throw new UndecodableException(
          "the serializer %s decoded it to %s, no %s"
              .formatted(
                  serializer,
                  object == null ? "null" : "a " + object.getClass().getName(),
                  type.getName()),
          null);
    }
    return type.cast(object);
  }
}
