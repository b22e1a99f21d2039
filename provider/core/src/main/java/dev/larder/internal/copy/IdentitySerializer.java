package dev.larder.internal.copy;

import dev.larder.spi.Serializer;
import java.io.Serial;

/** Says that values are kept as the objects that they are, which only memory can do. */
public record IdentitySerializer<T>() implements Serializer<T> {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public byte[] encode(T value) {
    throw new UnsupportedOperationException("Serializers.identity() has no bytes");
  }

  @Override
  public T decode(byte[] bytes) {
    throw new UnsupportedOperationException("Serializers.identity() has no bytes");
  }
}
