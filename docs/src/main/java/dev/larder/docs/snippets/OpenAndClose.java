package dev.larder.docs.snippets;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** A manager of one's own, closed when it is no longer needed. */
final class OpenAndClose {
  private OpenAndClose() {}

  static Cache<String, String> useAndClose() {
    // region
    CachingProvider provider = Caching.getCachingProvider("dev.larder.LarderCachingProvider");
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    Cache<String, String> orders;
    try (CacheManager manager =
        provider.getCacheManager(URI.create("larder:orders"), classLoader)) {
      orders = manager.createCache("open", new MutableConfiguration<>());
      orders.put("4711", "shipped");
    }
    // endregion
    return orders;
  }
}
