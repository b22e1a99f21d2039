package dev.larder.internal.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counters of one cache. Nothing is counted, and no clock is read, while they are disabled.
 *
 * <p>Only {@link OutcomeRecorder} and the engines' fast reads count; only the front measures time.
 *
 * <p>A clock takes longer to read than an entry in memory. Where {@linkplain #sampling} is enough,
 * the first {@value #FIRST_CALLS} calls are timed, and then one in {@value #PERIOD} by chance,
 * which stands for as many. So the sum of times is an estimate there; counts never are.
 */
public final class Statistics {
  private static final int FIRST_CALLS = 128;
  private static final int PERIOD = 64;

  /** The bit of a reading that marks a call which stands for a whole period. */
  private static final long SAMPLE = 1;

  private final LongSupplier nanoTime;
  private final boolean sampling;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAdder getNanos = new LongAdder();
  private final LongAdder putNanos = new LongAdder();
  private final LongAdder removeNanos = new LongAdder();

  private volatile boolean enabled;

  /** How many calls are still to be timed before the sample begins; a lost update does no harm. */
  private int firstCalls = FIRST_CALLS;

  /**
   * Creates counters at zero.
   *
   * @param sampling whether an estimate of the time that calls take is enough
   */
  public Statistics(boolean enabled, boolean sampling) {
    this(enabled, sampling, System::nanoTime);
  }

  Statistics(boolean enabled, boolean sampling, LongSupplier nanoTime) {
    this.enabled = enabled;
    this.sampling = sampling;
    this.nanoTime = nanoTime;
  }

  /** Says whether counting is on. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Turns counting on or off; the figures stay. */
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  void countHit() {
    hits.increment();
  }

  void countMisses(long count) {
    misses.add(count);
  }

  void countPut() {
    puts.increment();
  }

  void countRemovals(long count) {
    removals.add(count);
  }

  void countEvictions(long count) {
    evictions.add(count);
  }

  void countUndecodable() {
    undecodable.increment();
  }

  /** Returns a reading to hand to one of the stop methods, 0 if this call is not timed. */
  public long start() {
    if (!enabled) {
      return 0;
    }
    if (!sampling) {
      return startLoad();
    }
    if (firstCalls > 0) {
      firstCalls--;
      return startLoad();
    }
    return ThreadLocalRandom.current().nextInt(PERIOD) == 0 ? nanoTime.getAsLong() | SAMPLE : 0;
  }

  /** Returns a reading to hand to {@link #stopLoad}, 0 while counting is off. */
  long startLoad() {
    return enabled ? nanoTime.getAsLong() & ~SAMPLE : 0;
  }

  private long since(long start) {
    long nanos = nanoTime.getAsLong() - start;
    return (start & SAMPLE) == 0 ? nanos : nanos * PERIOD;
  }

  /** Counts a call of the loader, and its time. */
  void stopLoad(long start, boolean failed) {
    if (start != 0) {
      loads.increment();
      loadNanos.add(since(start));
      if (failed) {
        loadFailures.increment();
      }
    }
  }

  /** Counts the time of a get. */
  public void stopGet(long start) {
    if (start != 0) {
      getNanos.add(since(start));
    }
  }

  /** Takes time out of the get that is being measured. */
  void excludeFromGet(long start) {
    if (start != 0) {
      getNanos.add(-since(start));
    }
  }

  /** Counts the time of a put. */
  public void stopPut(long start) {
    if (start != 0) {
      putNanos.add(since(start));
    }
  }

  /** Counts the time of a removal. */
  public void stopRemove(long start) {
    if (start != 0) {
      removeNanos.add(since(start));
    }
  }

  /** Returns the number of gets that found a value. */
  public long hits() {
    return hits.sum();
  }

  /** Returns the number of gets that found none. */
  public long misses() {
    return misses.sum();
  }

  /** Returns the number of values stored by users. */
  public long puts() {
    return puts.sum();
  }

  /** Returns the number of entries removed by users. */
  public long removals() {
    return removals.sum();
  }

  /** Returns the number of entries removed to keep the cache within its bound. */
  public long evictions() {
    return evictions.sum();
  }

  /** Returns the number of stored values that could not be read, whether counting is on or not. */
  public long undecodable() {
    return undecodable.sum();
  }

  /** Returns how often the loader was called. */
  public long loads() {
    return loads.sum();
  }

  /** Returns how many of these calls failed. */
  public long loadFailures() {
    return loadFailures.sum();
  }

  /** Returns the time spent in these calls, in nanoseconds. */
  public long loadNanos() {
    return loadNanos.sum();
  }

  /** Returns the time spent in gets, in nanoseconds. */
  public long getNanos() {
    return getNanos.sum();
  }

  /** Returns the time spent in puts, in nanoseconds. */
  public long putNanos() {
    return putNanos.sum();
  }

  /** Returns the time spent in removals, in nanoseconds. */
  public long removeNanos() {
    return removeNanos.sum();
  }

  /** Sets all counters to zero. */
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
    evictions.reset();
    undecodable.reset();
    loads.reset();
    loadFailures.reset();
    loadNanos.reset();
    getNanos.reset();
    putNanos.reset();
    removeNanos.reset();
  }
}
