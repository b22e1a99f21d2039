package dev.larder.redis;

import dev.larder.spi.OptionValues;
import java.time.Duration;

/**
 * What keeps a connection, and those who wait for it, from harm.
 *
 * @param timeout how long a command may take
 * @param connectTimeout how long each step of connecting may take
 * @param inFlight how many commands may be on their way at once; below the driver's own queue
 * @param coalesce how many reads that are issued together share a command
 * @param silence how long a connection that owes answers may give no sign of life before it is cut
 * @param reconnectPause the longest pause between two attempts to connect
 */
record Limits(
    Duration timeout,
    Duration connectTimeout,
    int inFlight,
    int coalesce,
    Duration silence,
    Duration reconnectPause) {

  /**
   * Reads the limits that are set; each of the others has its default.
   *
   * @throws IllegalArgumentException if a silence is shorter than the time a command has
   */
  static Limits of(OptionValues values) {
    Duration timeout = values.get(RedisOptions.TIMEOUT);
    Duration connectTimeout = values.find(RedisOptions.CONNECT_TIMEOUT);
    Duration silence = values.find(RedisOptions.SILENCE);
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
        Math.toIntExact(values.get(RedisOptions.IN_FLIGHT)),
        Math.toIntExact(values.get(RedisOptions.COALESCE)),
        silence == null ? timeout.multipliedBy(5) : silence,
        values.get(RedisOptions.RECONNECT_PAUSE));
  }

  /** The driver's queue, which is never full: it logs each command that it rejects. */
  int driverQueue() {
    return 2 * inFlight;
  }
}
