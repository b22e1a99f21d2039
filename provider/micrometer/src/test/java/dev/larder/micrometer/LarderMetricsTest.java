package dev.larder.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LarderMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CacheManager manager =
      new LarderCachingProvider().getCacheManager(URI.create("memory:metrics"), null);
  private Cache<Integer, Integer> cache;

  @BeforeEach
  void use() {
    CacheLoader<Integer, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(Integer key) {
            return key;
          }

          @Override
          public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            return Map.of();
          }
        };
    cache =
        manager.createCache(
            "numbers",
            LarderConfiguration.builder(Integer.class, Integer.class)
                .statisticsEnabled(true)
                .maxEntries(1)
                .readThrough(() -> loader)
                .build());
    cache.get(1); // a miss, which is loaded
    cache.get(1); // a hit
    cache.put(1, 2);
    cache.put(2, 2); // evicts one
    cache.remove(1);
    cache.remove(2);
  }

  @AfterEach
  void close() {
    manager.close();
    registry.close();
  }

  private Search meter(String name) {
    return registry.find(name).tag("cache", "numbers");
  }

  /** Micrometer's own binder, which knows JSR-107 alone. */
  @Test
  void jcacheMetricsShowEveryFigure() {
    JCacheMetrics.monitor(registry, cache, Tags.empty());

    assertThat(meter("cache.gets").tag("result", "hit").functionCounter().count()).isEqualTo(1);
    assertThat(meter("cache.gets").tag("result", "miss").functionCounter().count()).isEqualTo(1);
    assertThat(meter("cache.puts").functionCounter().count()).isEqualTo(2);
    assertThat(meter("cache.evictions").functionCounter().count()).isEqualTo(1);
    assertThat(meter("cache.removals").gauge().value()).isEqualTo(1);
  }

  @Test
  void ownMetersShowTheRest() {
    new LarderMetrics(cache, Tags.of("app", "test")).bindTo(registry);

    FunctionTimer loads = meter("larder.cache.loads").tag("app", "test").functionTimer();
    assertThat(loads.count()).isEqualTo(1);
    assertThat(loads.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(meter("larder.cache.load.failures").functionCounter().count()).isZero();
    assertThat(meter("larder.cache.undecodable").functionCounter().count()).isZero();
    assertThat(meter("larder.cache.commands.in.flight").gauge().value()).isZero();
    assertThat(meter("larder.cache.connections.lost").functionCounter().count()).isZero();
    assertThat(meter("larder.cache.loads").tag("cacheManager", "memory:metrics").meter())
        .isNotNull();
  }
}
