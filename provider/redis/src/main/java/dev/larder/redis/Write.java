package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;
import static dev.larder.redis.Scripts.text;

import dev.larder.spi.Ttl;
import java.util.List;

/**
 * A change of one entry that a script makes, with its order beside it.
 *
 * @param condition what must be so: {@code any}, {@code absent}, {@code present}, or the expected
 *     value as {@code bytes} or {@code sha1}
 * @param expected the expected value
 * @param value the new value; of no account if it does not live
 * @param answers whether the old value is wanted
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Write(
    String condition, byte[] expected, byte[] value, long ttlNew, long ttlOld, boolean answers) {
  private static final byte[] NOTHING = {};

  /** Stores a value under a condition. */
  static Write put(String condition, byte[] value, long ttlNew, long ttlOld, boolean answers) {
    return new Write(condition, NOTHING, value, ttlNew, ttlOld, answers);
  }

  /** Removes what is there. */
  static Write remove(boolean answers) {
    return put("any", NOTHING, Ttl.NONE, Ttl.NONE, answers);
  }

  /** Stores a value where a certain one is; removes that if the time to live is none. */
  static Write compareAndSet(byte[] expected, byte[] value, long ttl) {
    boolean isLong = expected.length > Scripts.LONG_VALUE;
    return new Write(
        isLong ? "sha1" : "bytes",
        isLong ? Script.sha1(expected) : expected,
        value,
        ttl,
        ttl,
        false);
  }

  /** Returns the arguments of the script. */
  List<byte[]> arguments() {
    return List.of(
        bytes(condition),
        expected,
        text(ttlNew),
        text(ttlOld),
        bytes(answers ? "value" : "none"),
        value);
  }
}
