package dev.larder.cdi;

import static java.lang.System.Logger.Level.WARNING;

import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/** The caches of the application's cache manager, created where there are none yet. */
final class Caches {
  private static final System.Logger LOG = System.getLogger(Caches.class.getPackageName());

  /** The name of the cache of those who name none. */
  static final String DEFAULT = "default";

  private final CacheManager manager;

  Caches(CacheManager manager) {
    this.manager = manager;
  }

  /**
   * Returns a cache.
   *
   * @param keyType its keys' class, or {@code Object} for whatever they are
   * @param valueType its values' class, or {@code Object} for whatever they are
   * @param user who asks, for messages
   * @throws IllegalStateException if there is a cache of that name and it has other types
   */
  Cache<?, ?> open(String name, Class<?> keyType, Class<?> valueType, Object user) {
    Cache<?, ?> cache = manager.getCache(name);
    if (cache == null) {
      return create(name, keyType, valueType, user);
    }
    Configuration<?, ?> configuration = configuration(cache);
    if (!fits(configuration.getKeyType(), keyType)
        || !fits(configuration.getValueType(), valueType)) {
      throw new IllegalStateException(
          "%s: cache '%s' is a Cache<%s, %s>"
              .formatted(
                  user,
                  name,
                  configuration.getKeyType().getName(),
                  configuration.getValueType().getName()));
    }
    return cache;
  }

  @SuppressWarnings("unchecked") // every configuration is one of the cache's types
  private static <K, V> Configuration<K, V> configuration(Cache<K, V> cache) {
    return cache.getConfiguration(Configuration.class);
  }

  /** Returns the cache of a name, or else the default cache, or null if there is neither. */
  @Nullable Cache<?, ?> existing(String name) {
    Cache<?, ?> cache = manager.getCache(name);
    return cache == null ? manager.getCache(DEFAULT) : cache;
  }

  private static boolean fits(Class<?> configured, Class<?> wanted) {
    return configured == wanted || configured == Object.class || wanted == Object.class;
  }

  private Cache<?, ?> create(String name, Class<?> keyType, Class<?> valueType, Object user) {
    try {
      var created =
          manager.createCache(
              name, new MutableConfiguration<>().setTypes(cast(keyType), cast(valueType)));
      LOG.log(
          WARNING,
          "cache ''{0}'' is created for {1}, without a bound and without expiry; to choose others,"
              + " create it where the application produces its CacheManager",
          name,
          user);
      return created;
    } catch (CacheException e) {
      Cache<?, ?> createdMeanwhile = manager.getCache(name);
      if (createdMeanwhile == null) {
        throw e;
      }
      return createdMeanwhile;
    }
  }

  @SuppressWarnings("unchecked") // nothing is known of the types here
  private static Class<Object> cast(Class<?> type) {
    return (Class<Object>) type;
  }
}
