package dev.larder.docs.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the pages' code that needs a Redis, on one of its own. */
final class RedisSnippetsTest {
  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
    redis.close();
  }

  @Test
  void visitsAreCountedAcrossManagers() {
    URI shop = URI.create(redis.uri() + "?namespace=shop");

    IntStream.range(0, 9).forEach(visit -> UseRedis.countVisit(shop, "home"));

    assertThat(UseRedis.countVisit(shop, "home")).isEqualTo(10);
    assertThat(redis.command("GET", "shop:visits:home")).isEqualTo("10");
    assertThat((Long) redis.command("PTTL", "shop:visits:home"))
        .isBetween(TimeUnit.HOURS.toMillis(23), TimeUnit.DAYS.toMillis(1));
  }

  @Test
  void basketsAreJson() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager(redis.uri(), null);
    Cache<String, KeepJson.Basket> baskets = KeepJson.createBaskets(manager);

    baskets.put("1", new KeepJson.Basket("Ann", List.of("fig")));

    assertThat(redis.command("GET", "baskets:1"))
        .isEqualTo("{\"fruit\":[\"fig\"],\"owner\":\"Ann\"}");
    assertThat(baskets.get("1").owner()).isEqualTo("Ann");
  }

  @Test
  void outcomeIsTold() {
    CacheManager manager =
        Caching.getCachingProvider()
            .getCacheManager(URI.create(redis.uri() + "?timeout=200ms"), null);
    Cache<String, String> names =
        manager.createCache(
            "names", LarderConfiguration.builder(String.class, String.class).build());
    assertThat(KnowTheOutcome.rename(names, "1", "Ann")).isEqualTo("renamed");

    redis.pause();
    assertThat(KnowTheOutcome.rename(names, "1", "Bob")).startsWith("perhaps renamed");

    redis.resume();
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertThat(KnowTheOutcome.rename(names, "1", "Cecil"))
        .startsWith("not renamed: cache 'names', put: Redis at ");
  }
}
