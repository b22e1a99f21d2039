package dev.larder.internal.front;

import dev.larder.LarderStatisticsMXBean;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Statistics;

/** A cache's counters and those of its backend, as {@link LarderStatisticsMXBean} shows them. */
public final class LarderStatisticsBean implements LarderStatisticsMXBean {
  private static final float NANOS_PER_MICRO = 1_000f;

  private final Statistics statistics;
  private final Backend backend;

  LarderStatisticsBean(Statistics statistics, Backend backend) {
    this.statistics = statistics;
    this.backend = backend;
  }

  @Override
  public long getLoads() {
    return statistics.loads();
  }

  @Override
  public long getLoadFailures() {
    return statistics.loadFailures();
  }

  @Override
  public float getAverageLoadTime() {
    long loads = getLoads();
    return loads == 0 ? 0f : statistics.loadNanos() / NANOS_PER_MICRO / loads;
  }

  @Override
  public long getEvictions() {
    return statistics.evictions();
  }

  @Override
  public long getUndecodableValues() {
    return statistics.undecodable();
  }

  @Override
  public long getCommandsInFlight() {
    return backend.figures().inFlight();
  }

  @Override
  public long getConnectionsLost() {
    return backend.figures().connectionsLost();
  }
}
