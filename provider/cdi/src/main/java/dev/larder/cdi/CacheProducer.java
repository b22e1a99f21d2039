package dev.larder.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import javax.cache.Cache;

/** Gives injection points the caches that they name. */
@Dependent
class CacheProducer {
  private final Caches caches;

  @Inject
  CacheProducer(Caches caches) {
    this.caches = caches;
  }

  @Produces
  @CacheName("")
  <K, V> Cache<K, V> cache(InjectionPoint point) {
    return NamedInjection.of(point).open(caches);
  }
}
