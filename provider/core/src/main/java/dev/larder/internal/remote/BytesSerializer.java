package dev.larder.internal.remote;

import dev.larder.spi.Serializer;
import java.io.Serial;

/** The plain format of byte arrays: themselves. */
public record BytesSerializer() implements Serializer<byte[]> {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public byte[] encode(byte[] value) {
    return value.clone();
  }

  @Override
  public byte[] decode(byte[] bytes) {
    return bytes.clone();
  }
}
