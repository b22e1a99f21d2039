package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.spi.CachingProvider;

/** A counter that several JVMs share. */
final class UseRedis {
  private UseRedis() {}

  // region
  static int countVisit(URI redis, String page) { // redis://localhost:6379?namespace=shop
    CachingProvider provider = Caching.getCachingProvider();
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    try (CacheManager manager = provider.getCacheManager(redis, classLoader)) {
      Cache<String, Integer> visits =
          manager.createCache(
              "visits",
              LarderConfiguration.builder(String.class, Integer.class)
                  .expiryPolicy(TouchedExpiryPolicy.factoryOf(Duration.ONE_DAY))
                  .build());
      return visits.invoke(
          page,
          (entry, arguments) -> {
            int count = entry.exists() ? entry.getValue() + 1 : 1;
            entry.setValue(count);
            return count;
          });
    } // closed: the connections are gone, the entries are not
  }
  // endregion
}
