package dev.larder.redis;

import java.time.Duration;

/**
 * What keeps a connection from harm.
 *
 * @param timeout how long a command, or connecting, may take
 * @param inFlight how many commands may be on their way at once; below the driver's own queue
 * @param timeoutsInARow after how many commands in a row without an answer the connection is cut,
 *     so that a new one is made
 */
record Limits(Duration timeout, int inFlight, int timeoutsInARow) {
  /** The driver's queue, which is never full: it logs each command that it rejects. */
  int driverQueue() {
    return 2 * inFlight;
  }
}
