package dev.larder.tck.runner;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Finds the one provider on the class path, and which classes it implements JCache with.
 *
 * <p>The provider is instantiated apart from {@link Caching}, and all that was opened is closed
 * again, so that the TCK meets it unused.
 */
final class ProviderProbe {

  private static final String SCRATCH_CACHE = "tck-runner-probe";

  private final Class<? extends CachingProvider> type;

  private ProviderProbe(Class<? extends CachingProvider> type) {
    this.type = type;
  }

  /** Finds the provider; it is an error if there is none, or more than one. */
  static ProviderProbe find(ClassLoader loader) {
    if (System.getProperty(Caching.JAVAX_CACHE_CACHING_PROVIDER) != null) {
      throw new SetUpException(
          "the TCK clears the system property "
              + Caching.JAVAX_CACHE_CACHING_PROVIDER
              + "; put the one provider on the class path instead");
    }
    var types = providers(loader);
    return switch (types.size()) {
      case 0 -> throw new SetUpException("no JCache provider is on the class path; add one");
      case 1 -> new ProviderProbe(types.get(0));
      default ->
          throw new SetUpException(
              "several JCache providers are on the class path, the TCK needs exactly one: "
                  + String.join(", ", types.stream().map(Class::getName).toList()));
    };
  }

  private static List<Class<? extends CachingProvider>> providers(ClassLoader loader) {
    try {
      return ServiceLoader.load(CachingProvider.class, loader).stream()
          .<Class<? extends CachingProvider>>map(ServiceLoader.Provider::type)
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new SetUpException("a JCache provider on the class path can not be loaded: " + e, e);
    }
  }

  /** The provider's class, and the jar or folder that it is in. */
  @Override
  public String toString() {
    var source = type.getProtectionDomain().getCodeSource();
    return type.getName() + (source == null ? "" : " in " + source.getLocation().getPath());
  }

  /** Puts an entry into a cache of the default manager, to see what classes that takes. */
  List<UnwrapTarget> unwrapTargets() {
    try (CachingProvider provider = type.getDeclaredConstructor().newInstance();
        CacheManager manager = provider.getCacheManager()) {
      Cache<String, String> cache =
          manager.createCache(
              SCRATCH_CACHE,
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      try {
        cache.put("key", "value");
        var entry = cache.iterator().next();
        return List.of(
            UnwrapTarget.of("javax.cache.CacheManager", manager, manager::unwrap),
            UnwrapTarget.of("javax.cache.Cache", cache, cache::unwrap),
            UnwrapTarget.of("javax.cache.Cache.Entry", entry, entry::unwrap));
      } finally {
        manager.destroyCache(SCRATCH_CACHE);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new SetUpException(
          "can not put an entry into a new cache of " + type.getName() + "'s default manager: " + e,
          e);
    }
  }
}
