package dev.larder.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.List;

/** What the container needs for Larder's own annotations; loaded only if larder-async is there. */
final class OwnAnnotations {
  static final List<Class<?>> BEANS =
      List.of(CachedInterceptor.class, MultiCachedInterceptor.class, AsyncCacheProducer.class);

  private OwnAnnotations() {}

  static void addBeans(AfterBeanDiscovery event) {
    event
        .<Decorators>addBean()
        .types(Decorators.class)
        .scope(ApplicationScoped.class)
        .produceWith(
            instances ->
                new AsyncDecorators(
                    instances.select(CachedMethods.class).get(),
                    instances.select(Caches.class).get(),
                    new Instances(instances)));
  }
}
