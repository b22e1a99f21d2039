package dev.larder.internal.remote;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * The enveloped format: 17 bytes that say what follows, and the serialized object.
 *
 * <pre>
 *  0  2  magic      4C A7
 *  2  1  version    1
 *  3  1  serializer 1 = Java serialization
 *  4  1  flags      0
 *  5  8  nonce      random: no two writes have the same bytes
 * 13  4  checksum   CRC-32C of all that precedes and of all that follows
 * 17     payload
 * </pre>
 *
 * <p>Numbers are big-endian. A reader takes any other version, serializer or flag for that of a
 * newer release: undecodable here, but perhaps not for those who share the server. So every later
 * format must keep the first five bytes.
 */
final class EnvelopeCodec<T> implements Codec<T> {
  private static final short MAGIC = 0x4CA7;
  private static final byte VERSION = 1;
  private static final byte JDK = 1;
  private static final byte NO_FLAGS = 0;
  private static final int VERSION_AT = 2;
  private static final int SERIALIZER_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final int CHECKSUM_AT = 13;
  private static final int PAYLOAD_AT = 17;

  private final Class<T> type;
  private final JdkSerialization serialization;

  EnvelopeCodec(Class<T> type, JdkSerialization serialization) {
    this.type = type;
    this.serialization = serialization;
  }

  @Override
  public byte[] encode(T object) {
    byte[] payload = serialization.write(object);
    ByteBuffer envelope = ByteBuffer.allocate(PAYLOAD_AT + payload.length);
    envelope.putShort(MAGIC).put(VERSION).put(JDK).put(NO_FLAGS);
    envelope.putLong(ThreadLocalRandom.current().nextLong());
    envelope.putInt(0).put(payload);
    byte[] bytes = envelope.array();
    envelope.putInt(CHECKSUM_AT, checksum(bytes));
    return bytes;
  }

  @Override
  public T decode(byte[] bytes) throws UndecodableException {
    if (isNewer(bytes)) {
      throw new UndecodableException(
          "the bytes are an envelope of an unknown version, perhaps of a newer release", null);
    }
    if (!hasMagic(bytes) || bytes.length <= PAYLOAD_AT) {
      throw new UndecodableException("the bytes are no envelope", null);
    }
    if (ByteBuffer.wrap(bytes).getInt(CHECKSUM_AT) != checksum(bytes)) {
      throw new UndecodableException("the checksum is wrong: the bytes were damaged", null);
    }
    Object object = serialization.read(bytes, PAYLOAD_AT);
    if (!type.isInstance(object)) {
      throw new UndecodableException(
          "the value is a " + object.getClass().getName() + ", no " + type.getName(), null);
    }
    return type.cast(object);
  }

  @Override
  public boolean isNewer(byte[] bytes) {
    return hasMagic(bytes)
        && (bytes[VERSION_AT] != VERSION
            || bytes[SERIALIZER_AT] != JDK
            || bytes[FLAGS_AT] != NO_FLAGS);
  }

  private static boolean hasMagic(byte[] bytes) {
    return bytes.length > FLAGS_AT && ByteBuffer.wrap(bytes).getShort() == MAGIC;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_AT);
    crc.update(bytes, PAYLOAD_AT, bytes.length - PAYLOAD_AT);
    return (int) crc.getValue();
  }
}
