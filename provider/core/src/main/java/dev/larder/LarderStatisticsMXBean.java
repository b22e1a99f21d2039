package dev.larder;

/**
 * A cache's figures for which JSR-107's {@link javax.cache.management.CacheStatisticsMXBean} has no
 * word. It is registered beside that one, while statistics are enabled, as {@code
 * dev.larder:type=CacheStatistics,CacheManager=…,Cache=…} with the same two names.
 *
 * <p>{@code cache.unwrap(LarderStatisticsMXBean.class)} has the same figures, without JMX.
 *
 * <p>Figures are of this JVM and since the cache was created or its statistics were cleared.
 */
public interface LarderStatisticsMXBean {
  /** Returns how often the cache loader was called. */
  long getLoads();

  /** Returns how many of these calls threw something. */
  long getLoadFailures();

  /** Returns the mean time of these calls, in microseconds; 0 if there was none. */
  float getAverageLoadTime();

  /** Returns how many entries made room for others. */
  long getEvictions();

  /** Returns how often a stored value could not be read; see {@link Undecodable}. */
  long getUndecodableValues();

  /**
   * Returns how many commands are on their way to the server now, for all caches of the manager; 0
   * for caches in memory.
   */
  long getCommandsInFlight();

  /**
   * Returns how often a connection to the server has ended since the manager was opened, for all of
   * its caches; each is made anew.
   */
  long getConnectionsLost();
}
