package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A cache that keeps no more than so many entries. */
final class BoundACache {
  private BoundACache() {}

  static Cache<Integer, String> createPages(CacheManager manager) {
    // region
    Cache<Integer, String> pages =
        manager.createCache(
            "pages",
            LarderConfiguration.builder(Integer.class, String.class).maxEntries(1_000).build());
    // endregion
    return pages;
  }
}
