package dev.larder.async;

import static dev.larder.async.AsyncCacheContract.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caches where {@code larder.enabled} is false. */
class DisabledTest {
  private static final String SWITCH = "larder.enabled";

  private final LarderCachingProvider provider = new LarderCachingProvider();
  private Cache<String, Integer> cache;
  private AsyncCache<String, Integer> async;

  @BeforeEach
  void createCache() {
    System.setProperty(SWITCH, "false");
    cache =
        provider
            .getCacheManager(URI.create("redis://nobody.invalid:1"), null)
            .createCache(
                "off",
                LarderConfiguration.builder(String.class, Integer.class).maxEntries(9).build());
    async = AsyncCache.of(cache);
  }

  @AfterEach
  void close() {
    System.clearProperty(SWITCH);
    provider.close();
  }

  @Test
  void nothingIsKept() {
    cache.put("a", 1);
    cache.putAll(Map.of("b", 1));
    result(async.set("c", 1, Duration.ofDays(1)));
    result(async.multiSet(Map.of("d", 1)));

    assertThat(cache.get("a")).isNull();
    assertThat(cache.getAll(Set.of("a", "b"))).isEmpty();
    assertThat(cache).isEmpty();
  }

  @Test
  void resultsHaveTheirShapes() {
    assertThat(cache.putIfAbsent("a", 1)).isTrue();
    assertThat(cache.remove("a")).isFalse();
    assertThat(cache.replace("a", 1)).isFalse();
    result(async.add("a", 1));
    assertThat(result(async.get("a", 7))).isEqualTo(7);
    assertThat(result(async.multiGet(List.of("a", "b")))).containsExactly(null, null);
    assertThat(result(async.delete("a"))).isZero();
    assertThat(result(async.exists("a"))).isFalse();
    assertThat(result(async.increment("a", 3))).isEqualTo(3);
    assertThat(result(async.expire("a", Duration.ofDays(1)))).isFalse();
    result(async.clear());
  }

  @Test
  void decoratorsCallTheFunctionWithAllArguments() {
    assertThat(Cached.of(async).get("a", () -> 1)).isEqualTo(1);
    assertThat(CachedStampede.of(async).get("a", () -> 2)).isEqualTo(2);
    Set<String> asked = new HashSet<>();
    assertThat(
            MultiCached.of(async)
                .decorate(
                    words -> {
                      asked.addAll(words);
                      return Map.of("a", 3);
                    })
                .apply(List.of("a", "b")))
        .isEqualTo(Map.of("a", 3));
    assertThat(asked).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void loadersLoad() {
    Cache<String, Integer> loading =
        provider
            .getCacheManager(URI.create("memory:off"), null)
            .createCache(
                "loading",
                LarderConfiguration.builder(String.class, Integer.class)
                    .readThrough(FactoryBuilder.factoryOf(AsyncCacheContract.LengthLoader.class))
                    .build());

    assertThat(loading.get("four")).isEqualTo(4);
    assertThat(loading.containsKey("four")).isFalse();
  }

  @Test
  void switchIsOnOrOff() {
    System.setProperty(SWITCH, "perhaps");
    assertThatThrownBy(() -> provider.getCacheManager(URI.create("memory:perhaps"), null))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("larder.enabled", "enabled=perhaps", "true or false");
  }
}
