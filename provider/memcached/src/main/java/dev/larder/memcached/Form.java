package dev.larder.memcached;

import dev.larder.spi.Ttl;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A value in the form in which Memcached gets it.
 *
 * @param bytes the value, or a header and the value
 * @param flags say which of the two
 * @param seconds the time after which the server removes it, as the server counts it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Form(byte[] bytes, int flags, int seconds) {
  /** The server's word for a value that stays. */
  static final int NEVER = 0;

  /** The first time that the server takes for an instant: one in 1970. */
  static final int LONG_AGO = (int) TimeUnit.DAYS.toSeconds(30) + 1;

  /** A time to live that is shorter is never left to a server alone that counts in seconds. */
  private static final long SHORTEST_PLAIN = 10_000;

  private static final long MILLIS = 1_000;

  /** How long a server needs to count to a second: it may have begun the present one long ago. */
  private static final int TICK = 1;

  /** What an item takes beside its key, flags and value: header, number, and a few ends. */
  private static final int OVERHEAD = 48 + 8 + 3;

  /**
   * Returns the form of a value.
   *
   * @param key the whole key, if it must be stored with the value
   * @param deadline when it expires, in milliseconds since 1970; it may have passed meanwhile
   */
  static Form headed(byte[] value, byte @Nullable [] key, long deadline, long now) {
    if (key == null && deadline == Ttl.FOREVER) {
      return new Form(value, StoredItem.PLAIN, NEVER);
    }
    long left = deadline - now;
    long seconds = Math.max(0, left / MILLIS + (left % MILLIS > 0 ? 1 : 0)) + TICK;
    return new Form(
        StoredItem.headed(value, key, deadline),
        StoredItem.HEADED,
        deadline == Ttl.FOREVER ? NEVER : serverTime(seconds, now));
  }

  /** Returns the form of a value of which the server alone knows when it expires. */
  static Form plain(byte[] value, long ttl, long now) {
    return new Form(value, StoredItem.PLAIN, plainTime(ttl, now));
  }

  /**
   * Says whether a server can end a time to live by itself: never later than it should, and earlier
   * by not more than a part of it. So it can if the time is of whole seconds, and not short.
   */
  static boolean canBePlain(long ttl) {
    return ttl == Ttl.FOREVER || (ttl >= SHORTEST_PLAIN && ttl % MILLIS == 0);
  }

  /** Returns the server's time for a time to live that {@link #canBePlain}. */
  static int plainTime(long ttl, long now) {
    if (ttl == Ttl.FOREVER) {
      return NEVER;
    }
    long seconds = ttl / MILLIS;
    return seconds < LONG_AGO ? (int) seconds : serverTime(seconds - 2 * TICK, now);
  }

  /**
   * Returns a number of seconds from now, or an instant where they are too many for the server, or
   * never where the instant is beyond what it can count to.
   */
  private static int serverTime(long seconds, long now) {
    if (seconds < LONG_AGO) {
      return (int) seconds;
    }
    long instant = now / MILLIS + seconds + TICK;
    return instant > Integer.MAX_VALUE ? NEVER : (int) instant;
  }

  /** Returns how many bytes an item with this form takes on the server. */
  int size(int keyLength) {
    return OVERHEAD + keyLength + (flags == StoredItem.PLAIN ? 0 : Integer.BYTES) + bytes.length;
  }
}
