package dev.larder.internal.front;

import dev.larder.internal.engine.Statistics;
import javax.cache.management.CacheStatisticsMXBean;

/** A cache's counters as JSR-107's MXBean shows them: percentages of 100, times in microseconds. */
public final class StatisticsBean implements CacheStatisticsMXBean {
  private static final float NANOS_PER_MICRO = 1_000f;

  private final Statistics statistics;

  StatisticsBean(Statistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public void clear() {
    statistics.clear();
  }

  @Override
  public long getCacheHits() {
    return statistics.hits();
  }

  @Override
  public float getCacheHitPercentage() {
    return percentage(getCacheHits(), getCacheGets());
  }

  @Override
  public long getCacheMisses() {
    return statistics.misses();
  }

  @Override
  public float getCacheMissPercentage() {
    return percentage(getCacheMisses(), getCacheGets());
  }

  @Override
  public long getCacheGets() {
    return getCacheHits() + getCacheMisses();
  }

  @Override
  public long getCachePuts() {
    return statistics.puts();
  }

  @Override
  public long getCacheRemovals() {
    return statistics.removals();
  }

  @Override
  public long getCacheEvictions() {
    return statistics.evictions();
  }

  @Override
  public float getAverageGetTime() {
    return micros(statistics.getNanos(), getCacheGets());
  }

  @Override
  public float getAveragePutTime() {
    return micros(statistics.putNanos(), getCachePuts());
  }

  @Override
  public float getAverageRemoveTime() {
    return micros(statistics.removeNanos(), getCacheRemovals());
  }

  private static float percentage(long part, long whole) {
    return whole == 0 ? 0f : Math.min(100f, 100f * part / whole);
  }

  private static float micros(long nanos, long count) {
    return count == 0 ? 0f : nanos / NANOS_PER_MICRO / count;
  }
}
