package dev.larder.internal.memory;

import dev.larder.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Tells which deadlines are so far off that nobody need look at the clock, whose reading takes
 * longer than that of an entry.
 *
 * <p>A heartbeat, once a second, moves the horizon on to {@value #SECONDS} seconds from then. What
 * lies beyond has not passed as long as the heartbeat is no later than that. It is later only if
 * the whole JVM stood still; then an entry that expired meanwhile can still be seen until the
 * heartbeat's thread has run, which it does as soon as any thread does.
 */
final class Horizon {
  private static final int SECONDS = 10;

  private final Ticker ticker;
  private volatile long farthest = Long.MAX_VALUE;

  /** Makes a horizon that nothing lies beyond until it is renewed. */
  Horizon(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Says whether a deadline lies beyond, so that it has not passed. */
  boolean isBefore(long deadline) {
    return deadline > farthest;
  }

  /** Moves the horizon on. */
  void renew() {
    farthest = ticker.getAsLong() + TimeUnit.SECONDS.toNanos(SECONDS);
  }

  /** Leaves it to the clock from now on. */
  void forget() {
    farthest = Long.MAX_VALUE;
  }
}
