package dev.larder.async;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations in the words of JCache. */
final class TimesToLive {
  private static final Duration LONGEST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration LONGEST_MILLIS = Duration.ofMillis(Long.MAX_VALUE);

  private TimesToLive() {}

  /** Returns a positive duration in milliseconds, of which it has at least one. */
  static javax.cache.expiry.Duration jcache(Duration duration) {
    return duration.compareTo(LONGEST_MILLIS) >= 0
        ? javax.cache.expiry.Duration.ETERNAL
        : new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, Math.max(1, duration.toMillis()));
  }

  /** Returns the nanoseconds of a duration, or the most that there are. */
  static long nanos(Duration duration) {
    return duration.compareTo(LONGEST_NANOS) < 0 ? duration.toNanos() : Long.MAX_VALUE;
  }
}
