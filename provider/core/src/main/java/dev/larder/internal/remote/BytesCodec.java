package dev.larder.internal.remote;

/** The plain format of byte arrays: themselves. */
final class BytesCodec implements Codec<byte[]> {
  @Override
  public byte[] encode(byte[] object) {
    return object.clone();
  }

  @Override
  public byte[] decode(byte[] bytes) {
    return bytes.clone();
  }
}
