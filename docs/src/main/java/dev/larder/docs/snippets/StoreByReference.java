package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A cache that hands out the very objects that it was given. */
final class StoreByReference {
  private StoreByReference() {}

  static Cache<String, StringBuilder> create(CacheManager manager) {
    // region
    Cache<String, StringBuilder> buffers =
        manager.createCache(
            "buffers",
            LarderConfiguration.builder(String.class, StringBuilder.class)
                .storeByValue(false)
                .build());
    // endregion
    return buffers;
  }
}
