package dev.larder.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches of JSON, on a server and in memory. */
class JsonOnRedisTest {
  /** Not serializable, and mutable. */
  static final class Basket {
    public List<String> fruit = new ArrayList<>();
  }

  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
    redis.close();
  }

  private static Cache<String, Basket> baskets(URI uri) {
    CacheManager manager = Caching.getCachingProvider().getCacheManager(uri, null);
    return manager.createCache(
        "baskets",
        LarderConfiguration.builder(String.class, Basket.class)
            .serializer(JacksonSerializer.of(Basket.class))
            .build());
  }

  private static Basket basketOf(String... fruit) {
    Basket basket = new Basket();
    basket.fruit.addAll(List.of(fruit));
    return basket;
  }

  @Test
  void serverHoldsTheTextAlone() {
    Cache<String, Basket> baskets = baskets(redis.uri());

    baskets.put("ann", basketOf("fig"));

    assertThat(redis.command("GET", "baskets:ann")).isEqualTo("{\"fruit\":[\"fig\"]}");
  }

  @Test
  void whatOthersWriteIsReadAndChanged() {
    Cache<String, Basket> baskets = baskets(redis.uri());
    redis.command("SET", "baskets:bob", "{\"fruit\": [\"fig\", \"pear\"]}"); // Python's blanks

    assertThat(baskets.get("bob").fruit).containsExactly("fig", "pear");
    baskets.invoke(
        "bob",
        (entry, arguments) -> {
          Basket basket = entry.getValue();
          basket.fruit.remove("fig");
          entry.setValue(basket);
          return null;
        });

    assertThat(redis.command("GET", "baskets:bob")).isEqualTo("{\"fruit\":[\"pear\"]}");
  }

  @Test
  void otherTextIsAMiss() {
    Cache<String, Basket> baskets = baskets(redis.uri());
    redis.command("SET", "baskets:eve", "{\"fruit\":7}");
    redis.command("SET", "baskets:nil", "null");

    assertThat(baskets.get("eve")).isNull();
    assertThat(baskets.get("nil")).isNull();
    assertThat(baskets.putIfAbsent("nobody", basketOf())).isTrue();
  }

  @Test
  void row118ValuesOfAnotherSerializerAreMissingUntilTheyAreReplaced() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager(redis.uri(), null);
    List<LarderConfiguration<String, Object>> forms =
        List.of(
            LarderConfiguration.builder(String.class, Object.class).build(),
            LarderConfiguration.builder(String.class, Object.class)
                .serializer(JacksonSerializer.of(Object.class))
                .build());
    for (int former = 0; former < 2; former++) {
      manager.createCache("switched", forms.get(former)).put("key", List.of(former));
      manager.getCache("switched").close();
      Cache<String, Object> cache = manager.createCache("switched", forms.get(1 - former));

      assertThat(cache.get("key")).isNull();
      assertThat(cache.iterator()).isExhausted();
      cache.put("key", List.of("new"));
      assertThat(cache.get("key")).isEqualTo(List.of("new"));
      cache.close();
    }
  }

  @Test
  void memoryCopiesByIt() {
    Cache<String, Basket> baskets = baskets(URI.create("memory:json"));
    Basket mine = basketOf("fig");

    baskets.put("ann", mine);
    mine.fruit.clear();
    baskets.get("ann").fruit.add("pear");

    assertThat(baskets.get("ann").fruit).containsExactly("fig");
  }

  @Test
  void whatHasNoJsonIsRefusedByName() {
    record Cycle(List<Object> self) {}
    Cycle cycle = new Cycle(new ArrayList<>());
    cycle.self().add(cycle);
    CacheManager manager = Caching.getCachingProvider().getCacheManager(redis.uri(), null);
    Cache<String, Cycle> cycles =
        manager.createCache(
            "cycles",
            LarderConfiguration.builder(String.class, Cycle.class)
                .serializer(JacksonSerializer.of(Cycle.class))
                .build());

    assertThatThrownBy(() -> cycles.put("a", cycle))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("cache 'cycles'", "JSON(", "Cycle");
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }
}
