package dev.larder.docs.snippets;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.Weigher;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A cache that keeps no more than so many bytes, by a policy of choice. */
final class BoundByWeight {
  private BoundByWeight() {}

  static Cache<String, byte[]> createImages(CacheManager manager) {
    // region
    Cache<String, byte[]> images =
        manager.createCache(
            "images",
            LarderConfiguration.builder(String.class, byte[].class)
                .maxWeight(64 << 20, Weigher.bytes()) // 64 MiB
                .evictionPolicy(Eviction.LRU)
                .build());
    // endregion
    return images;
  }
}
