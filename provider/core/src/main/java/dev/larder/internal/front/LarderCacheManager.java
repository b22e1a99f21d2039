package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import dev.larder.LarderConfiguration;
import dev.larder.internal.Unwrapping;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.settings.ManagerSettings;
import dev.larder.internal.settings.ManagerUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The caches of one URI and class loader, on one backend. */
public final class LarderCacheManager implements CacheManager {
  private final CachingProvider provider;
  private final URI uri;
  private final ClassLoader classLoader;
  private final Properties properties;
  private final Consumer<LarderCacheManager> onClose;
  private final ManagerSettings settings;
  private final Backend backend;
  private final ExecutorService executor;
  private final ExecutorService completions;
  private final ConcurrentHashMap<String, LarderCache<?, ?>> caches = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens a manager.
   *
   * @param onClose told once when the manager closes
   * @throws CacheException if something is wrong with the settings, or the backend cannot be
   *     reached
   */
  public LarderCacheManager(
      CachingProvider provider,
      URI uri,
      ClassLoader classLoader,
      Properties properties,
      Consumer<LarderCacheManager> onClose) {
    this.provider = provider;
    this.uri = ManagerUri.withoutUserInfo(uri);
    this.classLoader = classLoader;
    this.properties = withoutPasswords(properties);
    this.onClose = onClose;
    this.settings = ManagerSettings.of(uri, classLoader, properties);
    this.backend = Backends.open(this.uri, settings, classLoader);
    this.executor = DaemonThreads.pool("larder-" + this.uri, classLoader);
    this.completions = DaemonThreads.fewThreads("larder-completion-" + this.uri, classLoader);
  }

  private static Properties withoutPasswords(Properties properties) {
    Properties shown = new Properties();
    shown.putAll(properties);
    shown.keySet().removeIf(key -> key.toString().toLowerCase(Locale.ROOT).endsWith("password"));
    return shown;
  }

  /** Says whether caches of the backend that a URI names have an optional feature. */
  public static boolean isSupported(URI uri, ClassLoader classLoader, OptionalFeature feature) {
    return feature == OptionalFeature.STORE_BY_REFERENCE
        && ManagerSettings.of(uri, classLoader, new Properties()).factory() == null;
  }

  /** Creates the caches that the configuration file declares; if one fails, closes the manager. */
  public void createDeclared() {
    try {
      settings.declared().forEach(this::createCache);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return classLoader;
  }

  /** Returns the properties with which the manager was opened, but for passwords. */
  @Override
  public Properties getProperties() {
    return properties;
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    checkOpen();
    requireNonNull(cacheName, "cacheName");
    requireNonNull(configuration, "configuration");
    if (caches.containsKey(cacheName)) {
      throw alreadyExists(cacheName);
    }
    LarderCache<K, V> cache =
        new LarderCache<>(
            this, cacheName, settings.complete(cacheName, LarderConfiguration.from(configuration)));
    if (caches.putIfAbsent(cacheName, cache) != null) {
      cache.close();
      throw alreadyExists(cacheName);
    }
    cache.assembly().updateBeans();
    if (isClosed()) {
      cache.close();
      checkOpen();
    }
    return cache;
  }

  private CacheException alreadyExists(String cacheName) {
    return new CacheException(
        "cache '%s' exists already in %s; get it with getCache, or destroy it first"
            .formatted(cacheName, this));
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // types are checked here; null for an unknown name
  public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
    checkOpen();
    requireNonNull(keyType, "keyType");
    requireNonNull(valueType, "valueType");
    LarderCache<?, ?> cache = find(cacheName);
    if (cache == null) {
      return null;
    }
    LarderConfiguration<?, ?> configuration = cache.assembly().configuration();
    checkType(cacheName, "keys", configuration.getKeyType(), keyType);
    checkType(cacheName, "values", configuration.getValueType(), valueType);
    return (Cache<K, V>) cache;
  }

  private static void checkType(String name, String role, Class<?> actual, Class<?> asked) {
    if (actual != asked) {
      throw new ClassCastException(
          "cache '%s' has %s of type %s, not %s"
              .formatted(name, role, actual.getName(), asked.getName()));
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // unchecked by contract; null for an unknown name
  public <K, V> Cache<K, V> getCache(String cacheName) {
    checkOpen();
    return (Cache<K, V>) find(cacheName);
  }

  private @Nullable LarderCache<?, ?> find(String cacheName) {
    return caches.get(requireNonNull(cacheName, "cacheName"));
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    List<String> names = new ArrayList<>(caches.keySet());
    Collections.sort(names);
    return Collections.unmodifiableList(names);
  }

  @Override
  public void destroyCache(String cacheName) {
    checkOpen();
    LarderCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.destroy();
    }
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    existing(cacheName).assembly().setManagementEnabled(enabled);
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    existing(cacheName).assembly().setStatisticsEnabled(enabled);
  }

  private LarderCache<?, ?> existing(String cacheName) {
    checkOpen();
    LarderCache<?, ?> cache = find(cacheName);
    if (cache == null) {
      throw new CacheException(
          "%s has no cache '%s'; it has %s".formatted(this, cacheName, getCacheNames()));
    }
    return cache;
  }

  /** Lets go of a cache that is closing; its name may be used again. */
  void forget(LarderCache<?, ?> cache) {
    caches.remove(cache.getName(), cache);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    onClose.accept(this);
    caches.values().forEach(LarderCache::close);
    backend.close();
    executor.shutdown();
    completions.shutdown();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }

  @Override
  public String toString() {
    return "CacheManager " + uri;
  }

  /** Says whether caches keep anything. */
  boolean isEnabled() {
    return settings.enabled();
  }

  Backend backend() {
    return backend;
  }

  ExecutorService executor() {
    return executor;
  }

  ExecutorService completions() {
    return completions;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException(this + " is closed; get a new one from the CachingProvider");
    }
  }
}
