package dev.larder.cdi;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.cache.CacheManager;

/** A container with some beans, and the cache manager of a backend. */
final class Deployment implements AutoCloseable {
  private final CacheManager manager;
  private final SeContainer container;

  private Deployment(CacheManager manager, SeContainer container) {
    this.manager = manager;
    this.container = container;
  }

  /** Starts a container that finds the extension by itself. */
  static Deployment of(Backend backend, Class<?>... beans) {
    return of(backend.open(), beans);
  }

  /** Starts a container that finds the extension by itself, with a manager, which it closes. */
  static Deployment of(CacheManager manager, Class<?>... beans) {
    Managers.current = manager;
    var classes = new ArrayList<Class<?>>(List.of(Managers.class));
    classes.addAll(Arrays.asList(beans));
    return new Deployment(manager, start(classes.toArray(Class<?>[]::new)));
  }

  /** Starts a container that has no cache manager but the extension's. */
  static SeContainer start(Class<?>... beans) {
    return SeContainerInitializer.newInstance().addBeanClasses(beans).initialize();
  }

  /**
   * Starts a container in vain, with a class loader of its own, which OpenWebBeans never forgets.
   */
  static Throwable failure(Class<?>... beans) {
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new ClassLoader(loader) {});
    try {
      start(beans).close();
      throw new AssertionError("the container started");
    } catch (RuntimeException e) {
      return e;
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  <T> T bean(Class<T> type, Annotation... qualifiers) {
    return container.select(type, qualifiers).get();
  }

  CacheManager manager() {
    return manager;
  }

  SeContainer container() {
    return container;
  }

  /** Empties all caches. */
  void clear() {
    manager.getCacheNames().forEach(name -> manager.getCache(name).clear());
  }

  @Override
  public void close() {
    container.close();
    manager.close();
  }

  /** The application's own way to its cache manager. */
  static final class Managers {
    private static CacheManager current;

    @Produces
    CacheManager manager() {
      return current;
    }
  }
}
