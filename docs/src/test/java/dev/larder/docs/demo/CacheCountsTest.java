package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheCountsTest {
  private final CachingProvider provider = Caching.getCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void hitsAndMissesAreTheCaches() {
    var cache = cache("counted", true);
    cache.put("key", "value");
    cache.get("key");
    cache.get("key");
    cache.get("key");
    cache.get("other");

    var counts = CacheCounts.of(CacheCounts.bean(cache));

    assertThat(counts).isEqualTo(new CacheCounts(3, 1, 0));
    assertThat(counts.hitPercent()).isEqualTo(75);
  }

  @Test
  void cacheThatCountsNothingIsRefused() {
    var cache = cache("uncounted", false);

    assertThatThrownBy(() -> CacheCounts.bean(cache))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cache=uncounted")
        .hasMessageContaining("enable statistics");
  }

  @Test
  void unusedCacheHasNoHits() {
    assertThat(new CacheCounts(0, 0, 0).hitPercent()).isZero();
  }

  private Cache<String, String> cache(String name, boolean statistics) {
    return provider
        .getCacheManager()
        .createCache(
            name, new MutableConfiguration<String, String>().setStatisticsEnabled(statistics));
  }
}
