package dev.larder.benchmarks;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import dev.larder.LarderConfiguration;
import java.util.OptionalLong;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.jsr107.Eh107Configuration;

/** What is measured: two maps, and the JCache providers by their class names. */
public enum Subject {
  /** The yardstick: {@link java.util.concurrent.ConcurrentHashMap}, whatever the settings. */
  CONCURRENT_HASH_MAP("ConcurrentHashMap", null) {
    @Override
    Operations open(Settings settings) {
      return new MapOperations();
    }
  },

  /** Caffeine's own interface. */
  CAFFEINE("Caffeine", null) {
    @Override
    Operations open(Settings settings) {
      return new CaffeineOperations(settings);
    }
  },

  /** Larder. */
  LARDER("Larder", "dev.larder.LarderCachingProvider") {
    @Override
    Operations open(Settings settings) {
      LarderConfiguration<Integer, Integer> configuration =
          LarderConfiguration.from(jcache(settings));
      return provider(
          settings.isBounded()
              ? configuration.toBuilder().maxEntries(settings.bound()).build()
              : configuration,
          settings);
    }
  },

  /** Caffeine's JCache adapter. */
  CAFFEINE_JCACHE(
      "Caffeine JCache", "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider") {
    @Override
    Operations open(Settings settings) {
      CaffeineConfiguration<Integer, Integer> configuration =
          new CaffeineConfiguration<>(jcache(settings));
      if (settings.isBounded()) {
        configuration.setMaximumSize(OptionalLong.of(settings.bound()));
      }
      return provider(configuration, settings);
    }
  },

  /** Ehcache, on the heap; by value it copies no integers. */
  EHCACHE("Ehcache", "org.ehcache.jsr107.EhcacheCachingProvider") {
    @Override
    Operations open(Settings settings) {
      return provider(settings.isBounded() ? boundedEhcache(settings) : jcache(settings), settings);
    }
  },

  /** cache2k, which would bound a cache of plain JCache settings to about 2,000 entries. */
  CACHE2K("cache2k", "org.cache2k.jcache.provider.JCacheProvider") {
    @Override
    Operations open(Settings settings) {
      ExtendedMutableConfiguration<Integer, Integer> configuration =
          ExtendedMutableConfiguration.of(
              Cache2kBuilder.of(Integer.class, Integer.class).entryCapacity(settings.bound()));
      configuration.setTypes(Integer.class, Integer.class);
      configuration.setStoreByValue(settings.byValue());
      configuration.setExpiryPolicyFactory(settings.lifetime().policy());
      configuration.setStatisticsEnabled(settings.statistics());
      return provider(configuration, settings);
    }
  },

  /** JSR-107's reference implementation, which knows no bound. */
  RI("JSR-107 RI", "org.jsr107.ri.spi.RICachingProvider") {
    @Override
    boolean supports(Settings settings) {
      return !settings.isBounded();
    }

    @Override
    Operations open(Settings settings) {
      return provider(jcache(settings), settings);
    }
  };

  private final String title;
  private final String providerClass;

  /** Describes a subject; null instead of a provider's class stands for a map. */
  Subject(String title, String providerClass) {
    this.title = title;
    this.providerClass = providerClass;
  }

  String title() {
    return title;
  }

  /** Says whether the subject can have such a cache. */
  boolean supports(Settings settings) {
    return true;
  }

  /** Opens an empty cache; a map ignores what it has no setting for. */
  abstract Operations open(Settings settings);

  /** Returns the JCache provider, or null if the subject is none. */
  CachingProvider provider() {
    return providerClass == null ? null : Caching.getCachingProvider(providerClass);
  }

  Operations provider(Configuration<Integer, Integer> configuration, Settings settings) {
    return new JCacheOperations(provider(), configuration, settings.statistics());
  }

  private static MutableConfiguration<Integer, Integer> jcache(Settings settings) {
    return new MutableConfiguration<Integer, Integer>()
        .setTypes(Integer.class, Integer.class)
        .setStoreByValue(settings.byValue())
        .setExpiryPolicyFactory(settings.lifetime().policy())
        .setStatisticsEnabled(settings.statistics());
  }

  private static Configuration<Integer, Integer> boundedEhcache(Settings settings) {
    CacheConfigurationBuilder<Integer, Integer> builder =
        CacheConfigurationBuilder.newCacheConfigurationBuilder(
            Integer.class, Integer.class, ResourcePoolsBuilder.heap(settings.bound()));
    return Eh107Configuration.fromEhcacheCacheConfiguration(
        switch (settings.lifetime()) {
          case ETERNAL -> builder;
          case CREATED ->
              builder.withExpiry(ExpiryPolicyBuilder.expiry().create(Lifetime.LENGTH).build());
          case ACCESSED ->
              builder.withExpiry(
                  ExpiryPolicyBuilder.expiry()
                      .create(Lifetime.LENGTH)
                      .access(Lifetime.LENGTH)
                      .build());
        });
  }
}
