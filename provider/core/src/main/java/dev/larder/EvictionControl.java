package dev.larder;

import dev.larder.spi.EvictionPolicy;
import javax.cache.configuration.Factory;

/**
 * Changes how a cache in use is bounded: {@code cache.unwrap(EvictionControl.class)}.
 *
 * <p>Entries that fit stay, in the order in which the previous policy would have evicted them; what
 * does not fit is evicted before the call returns. May be called by any thread, and shows in the
 * configuration that the cache returns.
 *
 * @param <K> the type of keys
 */
public interface EvictionControl<K> {

  /**
   * Changes the greatest number of entries.
   *
   * @throws IllegalArgumentException if it is below 1
   * @throws IllegalStateException if the cache is bounded by weight
   * @throws UnsupportedOperationException if the cache was created without a bound
   */
  void setMaxEntries(long maxEntries);

  /**
   * Changes what the entries may weigh together.
   *
   * @throws IllegalArgumentException if it is below 1
   * @throws UnsupportedOperationException if the cache was not created with a bound of weight
   */
  void setMaxWeight(long maxWeight);

  /**
   * Changes the eviction policy; other operations on the cache that evict or insert wait meanwhile.
   *
   * @throws UnsupportedOperationException if the cache was created without a bound
   */
  void setPolicy(Factory<? extends EvictionPolicy<? super K>> policy);
}
