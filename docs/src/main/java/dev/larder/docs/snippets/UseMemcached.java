package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import java.net.URI;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.spi.CachingProvider;

/** Answers that several JVMs share on Memcached. */
final class UseMemcached {
  private UseMemcached() {}

  // region
  static String translate(URI memcached, String word, UnaryOperator<String> dictionary) {
    CachingProvider provider = Caching.getCachingProvider();
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    try (CacheManager manager =
        provider.getCacheManager(memcached, classLoader)) { // memcached://m1,m2
      Cache<String, String> words =
          manager.createCache(
              "words",
              LarderConfiguration.builder(String.class, String.class)
                  .expiryPolicy(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
                  .build());
      String known = words.get(word);
      if (known == null) {
        known = dictionary.apply(word);
        words.put(word, known);
      }
      return known;
    } // closed: the connections are gone, the entries are not
  }
  // endregion
}
