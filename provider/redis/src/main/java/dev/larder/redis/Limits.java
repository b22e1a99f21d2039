package dev.larder.redis;

import dev.larder.spi.UriParameters;
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
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Reads the limits that a URI sets; each of the others has its default. */
  static Limits of(UriParameters parameters) {
    Duration timeout = parameters.duration("timeout", Duration.ofSeconds(1), SHORTEST, LONGEST);
    Duration atLeastOneSecond =
        timeout.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : timeout;
    return new Limits(
        timeout,
        parameters.duration("connectTimeout", atLeastOneSecond, SHORTEST, LONGEST),
        parameters.number("inFlight", 4_096, 1, 1_000_000),
        parameters.number("coalesce", 64, 1, 1_000),
        parameters.duration("silence", timeout.multipliedBy(5), timeout, Duration.ofHours(5)),
        parameters.duration("reconnectPause", Duration.ofMillis(500), SHORTEST, LONGEST));
  }

  /** The driver's queue, which is never full: it logs each command that it rejects. */
  int driverQueue() {
    return 2 * inFlight;
  }
}
