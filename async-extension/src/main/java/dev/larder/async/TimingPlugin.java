package dev.larder.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Measures how long commands take, those that fail included. */
public final class TimingPlugin implements CachePlugin {
  private final Map<Command, Times> times = new EnumMap<>(Command.class);

  /** Creates a plugin that has measured nothing yet. */
  public TimingPlugin() {
    for (Command command : Command.values()) {
      times.put(command, new Times());
    }
  }

  @Override
  public void after(Call call, Outcome outcome) {
    of(call.command()).add(outcome.took().toNanos());
  }

  /** Returns how long the commands of one kind have taken so far. */
  public Timing timing(Command command) {
    return of(requireNonNull(command, "command")).snapshot();
  }

  @SuppressWarnings("NullAway") // the constructor has put one for each
  private Times of(Command command) {
    return times.get(command);
  }

  /** How long some commands took; all zero if there were none. */
  public static final class Timing {
    private final long[] buckets;
    private final long count;
    private final Duration total;
    private final Duration min;
    private final Duration max;

    private Timing(long[] buckets, long count, long total, long min, long max) {
      this.buckets = buckets;
      this.count = count;
      this.total = Duration.ofNanos(total);
      this.min = Duration.ofNanos(min);
      this.max = Duration.ofNanos(max);
    }

    /** Returns the number of commands. */
    public long count() {
      return count;
    }

    /** Returns the sum of all times. */
    public Duration total() {
      return total;
    }

    /** Returns the average time. */
    public Duration average() {
      return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }

    /** Returns the shortest time. */
    public Duration min() {
      return min;
    }

    /** Returns the longest time. */
    public Duration max() {
      return max;
    }

    /**
     * Returns the time within which a share of the commands ended, at most an eighth too long.
     *
     * @param percent the share, above 0 and up to 100
     */
    public Duration percentile(double percent) {
      if (!(percent > 0 && percent <= 100)) {
        throw new IllegalArgumentException(
            "percent is " + percent + "; it must be above 0 and at most 100");
      }
      long wanted = (long) Math.ceil(count * percent / 100);
      long seen = 0;
      for (int i = 0; i < buckets.length && wanted > 0; i++) {
        seen += buckets[i];
        if (seen >= wanted) {
          Duration end = Duration.ofNanos(Times.endOf(i));
          return end.compareTo(max) < 0 ? end : max;
        }
      }
      return max;
    }
  }

  /** A histogram whose buckets are an eighth of their power of two wide. */
  private static final class Times {
    private static final int STEPS_LOG2 = 3;
    private static final int STEPS = 1 << STEPS_LOG2;

    private final AtomicLongArray buckets = new AtomicLongArray((Long.SIZE - STEPS_LOG2) * STEPS);
    private final LongAdder total = new LongAdder();
    private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
      buckets.incrementAndGet(bucketOf(nanos));
      total.add(nanos);
      min.accumulate(nanos);
      max.accumulate(nanos);
    }

    private static int bucketOf(long nanos) {
      if (nanos < STEPS) {
        return (int) Math.max(0, nanos);
      }
      int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
      int step = (int) (nanos >>> (power - STEPS_LOG2)) & (STEPS - 1);
      return (power - STEPS_LOG2 + 1) * STEPS + step;
    }

    /** Returns the greatest time of a bucket. */
    static long endOf(int bucket) {
      if (bucket < STEPS) {
        return bucket;
      }
      int shift = bucket / STEPS - 1;
      return ((long) (STEPS + bucket % STEPS + 1) << shift) - 1;
    }

    Timing snapshot() {
      long[] counts = new long[buckets.length()];
      long count = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] = buckets.get(i);
        count += counts[i];
      }
      return new Timing(counts, count, total.sum(), count == 0 ? 0 : min.get(), max.get());
    }
  }
}
