package dev.larder.memcached;

import dev.larder.spi.UriParameters;
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
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A part of the bound, by which it is divided, that one call of many commands takes. */
  private static final int CALLS_OF_MANY = 16;

  /** Reads the limits that a URI sets; each of the others has its default. */
  static Limits of(UriParameters parameters) {
    Duration timeout = parameters.duration("timeout", Duration.ofSeconds(1), SHORTEST, LONGEST);
    Duration atLeastOneSecond =
        timeout.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : timeout;
    return new Limits(
        timeout,
        parameters.duration("connectTimeout", atLeastOneSecond, SHORTEST, LONGEST),
        parameters.duration("scanTimeout", Duration.ofSeconds(30), SHORTEST, LONGEST),
        parameters.number("inFlight", 4_096, 1, 1_000_000),
        parameters.duration("silence", timeout.multipliedBy(5), timeout, Duration.ofHours(5)));
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
