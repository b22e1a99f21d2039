package dev.larder.memcached;

import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stored value, with what Memcached itself does not keep: when exactly it expires, and its key if
 * that is too long.
 *
 * <p>If there is nothing of the kind to say, the value is stored alone, with flags 0, as other
 * programs do it. Otherwise it has the flags {@code 4CA70001}, and begins with
 *
 * <pre>
 *  0  8  deadline    in milliseconds since 1970, by the writer's clock; 7FFFFFFFFFFFFFFF for none
 *  8  4  length      of the key that follows; 0 if there is none
 * 12     key
 * </pre>
 *
 * <p>Numbers are big-endian. Flags that begin with {@code 4CA7} and end otherwise are those of a
 * newer release: its item is left alone. All others are the business of who set them; the value is
 * taken as it is.
 *
 * @param value the value
 * @param key the whole key, if it is stored with the value
 * @param deadline when it expires, {@link Long#MAX_VALUE} if that is not known or never
 * @param cas the number that the server gave it
 * @param epoch says over which connection that number came
 * @param newer whether it has a form that only a newer release knows; the value is the whole item
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record StoredItem(
    byte[] value, byte @Nullable [] key, long deadline, long cas, int epoch, boolean newer) {
  static final int HEADED = 0x4CA7_0001;
  private static final int OURS = HEADED >>> Short.SIZE;
  static final int PLAIN = 0;
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  /** What is left of a version for the number: servers count from 1, one for each change. */
  private static final int CAS_BITS = 48;

  private static final long DEADLINE_BIT = Long.MIN_VALUE;

  /** Returns the item that a server answered with, or null if it had none. */
  static @Nullable StoredItem of(Reply reply) {
    byte[] data = reply.data();
    if (data == null) {
      return null;
    }
    if (reply.flags() == HEADED && data.length >= HEADER) {
      ByteBuffer header = ByteBuffer.wrap(data);
      long deadline = header.getLong();
      int keyLength = header.getInt();
      if (keyLength >= 0 && keyLength <= data.length - HEADER) {
        int start = HEADER + keyLength;
        return new StoredItem(
            Arrays.copyOfRange(data, start, data.length),
            keyLength == 0 ? null : Arrays.copyOfRange(data, HEADER, start),
            deadline,
            reply.cas(),
            reply.epoch(),
            false);
      }
    }
    boolean newer = reply.flags() != HEADED && reply.flags() >>> Short.SIZE == OURS;
    return new StoredItem(data, null, Ttl.FOREVER, reply.cas(), reply.epoch(), newer);
  }

  /** Returns the item that a version was made of, as far as the version tells. */
  static StoredItem of(Stored stored) {
    long version = stored.version();
    return new StoredItem(
        stored.value(), null, Ttl.FOREVER, casOf(version), epochOf(version), stored.newer());
  }

  /** Returns the bytes of a value with a header before them. */
  static byte[] headed(byte[] value, byte @Nullable [] key, long deadline) {
    int keyLength = key == null ? 0 : key.length;
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + keyLength + value.length);
    bytes.putLong(deadline).putInt(keyLength);
    if (key != null) {
      bytes.put(key);
    }
    return bytes.put(value).array();
  }

  /** Returns the flags with which it is stored. */
  boolean isHeaded() {
    return key != null || deadline != Ttl.FOREVER;
  }

  boolean hasExpired(long now) {
    return deadline <= now;
  }

  /**
   * Returns what the store's users see of it. Its version is the server's number, the epoch, and
   * whether it expires; 0 if it cannot be told in so many bits.
   */
  Stored stored() {
    boolean fits = cas > 0 && cas < 1L << CAS_BITS;
    long expires = deadline == Ttl.FOREVER ? 0 : DEADLINE_BIT;
    return new Stored(value, fits ? expires | (long) epoch << CAS_BITS | cas : 0, newer);
  }

  /** Returns the server's number in a version; 0 for none. */
  static long casOf(long version) {
    return version & ((1L << CAS_BITS) - 1);
  }

  /** Returns the epoch in a version. */
  static int epochOf(long version) {
    return (int) (version >>> CAS_BITS) & (Server.EPOCHS - 1);
  }

  /** Says whether it is known of a version when it expires. */
  static boolean expires(long version) {
    return (version & DEADLINE_BIT) != 0;
  }
}
