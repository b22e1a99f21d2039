package dev.larder.docs.demo;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How long the queries of a run took: those that the loader answered and the others. */
final class Timings {
  private final long[] nanos;
  private final boolean[] computed;
  private final Duration wall;

  /**
   * The time of one query, in microseconds.
   *
   * @param median the time of a usual query
   * @param mean what all took over their number: a few that waited or were large can dominate it
   */
  record Micros(double median, double mean) {}

  /** Takes the arrays over: slot i of each is about query i. */
  Timings(long[] nanos, boolean[] computed, Duration wall) {
    this.nanos = nanos;
    this.computed = computed;
    this.wall = wall;
  }

  Duration wall() {
    return wall;
  }

  int queries() {
    return nanos.length;
  }

  /** The time of a query that the loader had to answer, or null if there was none. */
  @Nullable Micros perMiss() {
    return micros(true);
  }

  /** The time of a query that the loader was spared, or null if there was none. */
  @Nullable Micros perHit() {
    return micros(false);
  }

  private @Nullable Micros micros(boolean ofComputed) {
    var sorted =
        IntStream.range(0, nanos.length)
            .filter(i -> computed[i] == ofComputed)
            .mapToLong(i -> nanos[i])
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return null;
    }
    double mean = (double) LongStream.of(sorted).sum() / sorted.length;
    return new Micros(sorted[sorted.length / 2] / 1e3, mean / 1e3);
  }
}
