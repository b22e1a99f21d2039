package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A bound for a cache that was configured without Larder's classes. */
final class BoundAnyConfiguration {
  private BoundAnyConfiguration() {}

  static Cache<String, String> createBounded(
      CacheManager manager, MutableConfiguration<String, String> standard) {
    // region
    Cache<String, String> bounded =
        manager.createCache(
            "bounded", LarderConfiguration.from(standard).toBuilder().maxEntries(50_000).build());
    // endregion
    return bounded;
  }
}
