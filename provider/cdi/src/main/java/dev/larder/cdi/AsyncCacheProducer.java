package dev.larder.cdi;

import dev.larder.async.AsyncCache;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;

/** Gives injection points asynchronous views of the caches that they name. */
@Dependent
class AsyncCacheProducer {
  private final Caches caches;

  @Inject
  AsyncCacheProducer(Caches caches) {
    this.caches = caches;
  }

  @Produces
  @CacheName("")
  <K, V> AsyncCache<K, V> cache(InjectionPoint point) {
    return AsyncCache.of(NamedInjection.of(point).<K, V>open(caches));
  }
}
