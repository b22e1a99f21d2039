package dev.larder.redis;

import dev.larder.LarderCachingProvider;
import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;

/** Opens managers, each with a provider and hence connections of its own. */
final class Managers {
  private Managers() {}

  static CacheManager open(URI uri) {
    return open(uri, new Properties());
  }

  static CacheManager open(URI uri, Properties properties) {
    return new LarderCachingProvider().getCacheManager(uri, null, properties);
  }

  static <K, V> Cache<K, V> cache(CacheManager manager, String name, Class<K> k, Class<V> v) {
    return manager.createCache(name, new MutableConfiguration<K, V>().setTypes(k, v));
  }

  static Cache<String, String> strings(CacheManager manager, String name) {
    return cache(manager, name, String.class, String.class);
  }

  static Cache<String, String> strings(
      CacheManager manager, String name, Factory<? extends ExpiryPolicy> expiry) {
    return manager.createCache(
        name,
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiryPolicyFactory(expiry));
  }
}
