package dev.larder;

import dev.larder.internal.front.LarderCacheManager;
import dev.larder.internal.front.Opening;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Larder's entry point, which {@link javax.cache.Caching#getCachingProvider()} finds.
 *
 * <p>There is one open {@link CacheManager} per URI and class loader. The URI names the backend:
 * {@code larder:default}, the default, and {@code memory:<name>} keep entries in memory. Safe for
 * any thread; closing closes all managers, and the provider can be used again.
 */
public final class LarderCachingProvider implements CachingProvider {
  private static final URI DEFAULT_URI = URI.create("larder:default");

  private final ReentrantLock lock = new ReentrantLock();

  /** The managers that are open, or being opened; guarded by the lock. */
  private final Map<ManagerId, Opening> managers = new HashMap<>();

  /** Creates a provider without managers; called by the service loader. */
  public LarderCachingProvider() {}

  /**
   * Returns the manager of a URI and class loader, opened if need be.
   *
   * @param uri names the backend, or {@code null} for the default URI
   * @param classLoader finds the classes of keys and values, or {@code null} for the default one
   * @param properties settings of a manager that is opened, {@code larder.SETTING} as in
   *     configuration files, which they overrule; or {@code null} for none
   * @throws javax.cache.CacheException if no backend belongs to the URI, or something is wrong with
   *     the configuration file
   */
  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    ManagerId id =
        new ManagerId(
            uri == null ? DEFAULT_URI : uri,
            classLoader == null ? getDefaultClassLoader() : classLoader);
    for (; ; ) {
      Opening mine = new Opening(id.uri());
      Opening first = register(id, mine);
      if (first == mine) {
        return open(id, mine, properties);
      }
      CacheManager manager = first.await();
      if (manager != null) {
        return manager;
      }
    }
  }

  private Opening register(ManagerId id, Opening mine) {
    lock.lock();
    try {
      return managers.computeIfAbsent(id, missing -> mine);
    } finally {
      lock.unlock();
    }
  }

  /** Opens a manager outside of the lock: that connects to servers, and runs code of the user's. */
  private CacheManager open(ManagerId id, Opening opening, @Nullable Properties given) {
    LarderCacheManager manager = null;
    try {
      manager =
          new LarderCacheManager(
              this, id.uri(), id.classLoader(), copyOf(given), closed -> forget(opening));
      manager.createDeclared();
      return manager;
    } finally {
      if (manager == null || manager.isClosed()) {
        forget(opening);
        opening.end(null);
      } else {
        opening.end(manager);
      }
    }
  }

  private static Properties copyOf(@Nullable Properties given) {
    Properties copy = new Properties();
    if (given != null) {
      given.stringPropertyNames().forEach(name -> copy.put(name, given.getProperty(name)));
    }
    return copy;
  }

  private void forget(Opening opening) {
    lock.lock();
    try {
      managers.values().remove(opening);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return LarderCachingProvider.class.getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    closeIf(id -> true);
  }

  @Override
  public void close(@Nullable ClassLoader classLoader) {
    ClassLoader wanted = classLoader == null ? getDefaultClassLoader() : classLoader;
    closeIf(id -> id.classLoader() == wanted);
  }

  @Override
  public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    ManagerId wanted =
        new ManagerId(
            uri == null ? DEFAULT_URI : uri,
            classLoader == null ? getDefaultClassLoader() : classLoader);
    closeIf(wanted::equals);
  }

  private void closeIf(Predicate<ManagerId> isMeant) {
    List<Opening> closing = new ArrayList<>();
    lock.lock();
    try {
      managers.forEach(
          (id, opening) -> {
            if (isMeant.test(id)) {
              closing.add(opening);
            }
          });
    } finally {
      lock.unlock();
    }
    closing.forEach(Opening::close);
  }

  /**
   * Says whether caches of the default URI's backend have an optional feature: in memory they can
   * store by reference, elsewhere they cannot.
   */
  @Override
  public boolean isSupported(OptionalFeature feature) {
    return LarderCacheManager.isSupported(DEFAULT_URI, getDefaultClassLoader(), feature);
  }

  private record ManagerId(URI uri, ClassLoader classLoader) {}
}
