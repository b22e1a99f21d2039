package dev.larder.docs.snippets;

import dev.larder.cdi.CacheName;
import jakarta.inject.Inject;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A bean that uses caches by itself. */
// region
class InjectACache {
  @Inject
  @CacheName("visits")
  Cache<String, Integer> visits;

  @Inject CacheManager manager;
}
// endregion
