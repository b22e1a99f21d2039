package dev.larder.tck.cdi;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.annotation.BeanProvider;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;

/**
 * The TCK's beans, in a container that finds Larder's extension as it does in an application.
 *
 * <p>The container is never closed: the TCK does not say when it is done.
 */
public final class ContainerBeanProvider implements BeanProvider {
  private final SeContainer container;

  /** Starts the container. The TCK's beans have no annotation by which it would find them. */
  public ContainerBeanProvider() {
    container =
        SeContainerInitializer.newInstance()
            .addBeanClasses(
                CacheNameOnEachMethodBlogManagerImpl.class,
                ClassLevelCacheConfigBlogManagerImpl.class,
                UsingDefaultCacheNameBlogManagerImpl.class)
            .initialize();
  }

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return container.select(type).get();
  }
}
