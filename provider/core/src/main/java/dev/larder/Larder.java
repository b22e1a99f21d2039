package dev.larder;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/**
 * The caches that an application configures once and uses everywhere: the default one, and others
 * by alias.
 *
 * <p>An alias is configured once: a second configuration is refused, with the first one in the
 * message, as long as the first cache is open. They belong to the class loader that loaded Larder;
 * where several applications share that, each should keep its caches itself.
 */
public final class Larder {
  private static final String DEFAULT = "default";
  private static final URI DEFAULT_URI = URI.create("larder:default");

  private static final ConcurrentMap<String, Configured> CONFIGURED = new ConcurrentHashMap<>();

  /** The aliases that just get their caches, which may take as long as a server takes to answer. */
  private static final Set<String> BEING_CONFIGURED = ConcurrentHashMap.newKeySet();

  private Larder() {}

  /**
   * Creates the default cache, in memory, or where {@code larder.uri} says.
   *
   * @throws IllegalStateException if there is one already, or it is just being created
   * @throws javax.cache.CacheException if it cannot be created
   */
  public static <K, V> Cache<K, V> configureDefault(Configuration<K, V> configuration) {
    return configureDefault(DEFAULT_URI, configuration);
  }

  /**
   * Creates the default cache, on the backend that a URI names.
   *
   * @throws IllegalStateException if there is one already, or it is just being created
   * @throws javax.cache.CacheException if it cannot be created
   */
  public static <K, V> Cache<K, V> configureDefault(URI uri, Configuration<K, V> configuration) {
    return configure(DEFAULT, uri, configuration);
  }

  /**
   * Creates a cache that everybody gets by an alias, which is also its name.
   *
   * <p>Of several threads that configure one alias, one succeeds; none waits for another.
   *
   * @throws IllegalStateException if the alias has a cache already, or is just getting one
   * @throws javax.cache.CacheException if the cache cannot be created, for instance because the
   *     manager of the URI has one of that name; the alias stays free
   */
  public static <K, V> Cache<K, V> configure(
      String alias, URI uri, Configuration<K, V> configuration) {
    requireNonNull(alias, "alias");
    requireNonNull(uri, "uri");
    requireNonNull(configuration, "configuration");
    String description = described(uri, configuration);
    if (!BEING_CONFIGURED.add(alias)) {
      throw new IllegalStateException(
          "the cache '%s' is just being configured; leave out one of the two, or choose another alias for %s"
              .formatted(alias, description));
    }
    try {
      Configured first = CONFIGURED.get(alias);
      if (first != null && !first.cache.isClosed()) {
        throw configuredAlready(alias, first, description);
      }
      Cache<K, V> cache = create(alias, uri, configuration);
      CONFIGURED.put(alias, new Configured(cache, description));
      return cache;
    } finally {
      BEING_CONFIGURED.remove(alias);
    }
  }

  private static IllegalStateException configuredAlready(
      String alias, Configured first, String second) {
    return new IllegalStateException(
        "the cache '%s' is configured already: %s; close it first, or choose another alias for %s"
            .formatted(alias, first, second));
  }

  private static <K, V> Cache<K, V> create(
      String name, URI uri, Configuration<K, V> configuration) {
    return provider().getCacheManager(uri, null).createCache(name, configuration);
  }

  private static CachingProvider provider() {
    return Caching.getCachingProvider(
        LarderCachingProvider.class.getName(), Larder.class.getClassLoader());
  }

  private static String described(URI uri, Configuration<?, ?> configuration) {
    return "%s to %s at %s:%s"
        .formatted(
            configuration.getKeyType().getName(),
            configuration.getValueType().getName(),
            uri.getScheme(),
            uri.getHost() == null ? "" : "//" + uri.getHost());
  }

  /**
   * Returns the default cache, or the cache that a configuration file calls {@code default};
   * whether its types are the caller's shows when it is used.
   *
   * @throws IllegalStateException if it is not configured
   */
  public static <K, V> Cache<K, V> defaultCache() {
    return cache(DEFAULT);
  }

  /**
   * Returns the cache of an alias, or else the cache of that name in the provider's default
   * manager, where a configuration file puts those that it declares; whether its types are the
   * caller's shows when it is used.
   *
   * @throws IllegalStateException if the alias is not configured
   */
  @SuppressWarnings("unchecked") // the caller's word
  public static <K, V> Cache<K, V> cache(String alias) {
    Configured configured = CONFIGURED.get(requireNonNull(alias, "alias"));
    if (configured == null) {
      Cache<K, V> declared = provider().getCacheManager().getCache(alias);
      if (declared != null) {
        return declared;
      }
      throw new IllegalStateException(
          alias.equals(DEFAULT)
              ? "no default cache is configured; call Larder.configureDefault when the application starts, or declare a cache 'default' in the configuration file"
              : "no cache '%s' is configured, only %s; call Larder.configure when the application starts, or declare it in the configuration file"
                  .formatted(alias, new TreeSet<>(CONFIGURED.keySet())));
    }
    return (Cache<K, V>) configured.cache;
  }

  /** Returns the aliases that have a cache. */
  public static Collection<String> aliases() {
    return List.copyOf(CONFIGURED.keySet());
  }

  private record Configured(Cache<?, ?> cache, String description) {
    @Override
    public String toString() {
      return description;
    }
  }
}
