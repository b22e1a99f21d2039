package dev.larder.cdi;

import java.lang.annotation.Annotation;
import java.util.Collection;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;

/**
 * What {@link CacheDefaults} on a class, its stereotypes and its superclasses say; of each
 * attribute, what stands nearest to the class.
 *
 * @param cacheName the cache's name, or empty
 * @param resolverFactory the factory's class, or {@link CacheResolverFactory} itself for none
 * @param keyGenerator the generator's class, or {@link CacheKeyGenerator} itself for none
 */
record Defaults(
    String cacheName,
    Class<? extends CacheResolverFactory> resolverFactory,
    Class<? extends CacheKeyGenerator> keyGenerator) {

  private static final Defaults NONE =
      new Defaults("", CacheResolverFactory.class, CacheKeyGenerator.class);

  /**
   * Collects the defaults of a class.
   *
   * @param annotations the annotations of the class itself, and of its stereotypes
   */
  static Defaults of(Class<?> type, Collection<Annotation> annotations) {
    var defaults = NONE;
    for (Annotation annotation : annotations) {
      if (annotation instanceof CacheDefaults own) {
        defaults = defaults.or(own);
      }
    }
    for (var parent = type.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
      var inherited = parent.getAnnotation(CacheDefaults.class);
      if (inherited != null) {
        defaults = defaults.or(inherited);
      }
    }
    return defaults;
  }

  private Defaults or(CacheDefaults other) {
    return new Defaults(
        cacheName.isEmpty() ? other.cacheName() : cacheName,
        resolverFactory == CacheResolverFactory.class
            ? other.cacheResolverFactory()
            : resolverFactory,
        keyGenerator == CacheKeyGenerator.class ? other.cacheKeyGenerator() : keyGenerator);
  }
}
