package dev.larder.memcached;

import dev.larder.spi.OptionValues;
import java.time.Duration;

/**
 * What keeps a connection, and those who wait for it, from harm.
 *
 * @param timeout how long a command may take
 * @param connectTimeout how long each step of connecting may take
 * @param scanTimeout how long a server may take to list its keys
 * @param inFlight how many commands may be on their way at once; below the driver's own queue
 * @param silence how long a connection that owes answers may give no sign of life before it is cut
 */
record Limits(
    Duration timeout,
    Duration connectTimeout,
    Duration scanTimeout,
    int inFlight,
    Duration silence) {
  /** A part of the bound, by which it is divided, that one call of many commands takes. */
  private static final int CALLS_OF_MANY = 16;

  /**
   * Reads the limits that are set; each of the others has its default.
   *
   * @throws IllegalArgumentException if a silence is shorter than the time a command has
   */
  static Limits of(OptionValues values) {
    Duration timeout = values.get(MemcachedOptions.TIMEOUT);
    Duration connectTimeout = values.find(MemcachedOptions.CONNECT_TIMEOUT);
    Duration silence = values.find(MemcachedOptions.SILENCE);
    if (silence != null && silence.compareTo(timeout) < 0) {
      throw new IllegalArgumentException(
          "silence=%dms is not allowed; it must be at least timeout, which is %dms"
              .formatted(silence.toMillis(), timeout.toMillis()));
    }
    Duration atLeastOneSecond =
        timeout.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : timeout;
    return new Limits(
        timeout,
        connectTimeout == null ? atLeastOneSecond : connectTimeout,
        values.get(MemcachedOptions.SCAN_TIMEOUT),
        Math.toIntExact(values.get(MemcachedOptions.IN_FLIGHT)),
        silence == null ? timeout.multipliedBy(5) : silence);
  }

  /** The driver's queue, which is never full: it blocks the caller then. */
  int driverQueue() {
    return 2 * inFlight;
  }

  /** How many commands of one call may be on their way at once. */
  int atATime() {
    return Math.max(1, inFlight / CALLS_OF_MANY);
  }
}
