package dev.larder.memcached;

import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an entry.
 *
 * @param value its value, {@code null} to remove it
 * @param ttl its time to live
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Next(byte @Nullable [] value, long ttl) {
  static final Next REMOVED = new Next(null, Ttl.NONE);

  /** Returns the next state with a value and a time to live, one of {@link Ttl}'s perhaps. */
  static Next of(byte[] value, long ttl) {
    return ttl == Ttl.NONE ? REMOVED : new Next(value, ttl);
  }
}
