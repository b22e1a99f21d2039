package dev.larder.benchmarks;

/**
 * What a subject's cache is set to.
 *
 * @param bound the greatest number of entries, or {@link #UNBOUNDED}
 * @param byValue whether the cache keeps copies or the objects themselves
 * @param statistics whether the cache counts
 * @param lifetime when entries expire
 */
record Settings(long bound, boolean byValue, boolean statistics, Lifetime lifetime) {
  static final long UNBOUNDED = Long.MAX_VALUE;

  /** The settings of a cache that does nothing but keep references for ever. */
  static final Settings PLAIN = new Settings(UNBOUNDED, false, false, Lifetime.ETERNAL);

  boolean isBounded() {
    return bound != UNBOUNDED;
  }

  Settings boundedBy(long newBound) {
    return new Settings(newBound, byValue, statistics, lifetime);
  }
}
