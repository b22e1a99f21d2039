package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.larder.FakeTicker;
import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.internal.async.NativeCache;
import dev.larder.internal.engine.Statistics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapCommandsTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager();

  @AfterEach
  void close() {
    provider.close();
  }

  private <K, V> Cache<K, V> create(LarderConfiguration.Builder<K, V> settings) {
    return manager.createCache("map", settings.build());
  }

  private static LarderConfiguration.Builder<String, Integer> settings() {
    return LarderConfiguration.builder(String.class, Integer.class);
  }

  private static @Nullable Object raw(Cache<?, ?> cache, String command, Object... arguments) {
    NativeCache<?, ?> commands = cache.unwrap(NativeCache.class);
    return commands
        .raw(command, List.of(arguments))
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static Collection<?> collection(Cache<?, ?> cache, String command) {
    return (Collection<?>) requireNonNull(raw(cache, command));
  }

  @Test
  void readsAnswerAsTheMapDoes() {
    Cache<String, Integer> cache = create(settings());
    assertThat(raw(cache, "isEmpty")).isEqualTo(true);
    cache.put("a", 1);
    cache.put("b", 2);

    assertThat(raw(cache, "get", "a")).isEqualTo(1);
    assertThat(raw(cache, "get", "none")).isNull();
    assertThat(raw(cache, "getOrDefault", "a", 9)).isEqualTo(1);
    assertThat(raw(cache, "getOrDefault", "none", 9)).isEqualTo(9);
    assertThat(raw(cache, "containsKey", "a")).isEqualTo(true);
    assertThat(raw(cache, "containsKey", "none")).isEqualTo(false);
    assertThat(raw(cache, "size")).isEqualTo(2);
    assertThat(raw(cache, "isEmpty")).isEqualTo(false);
    assertThat(raw(cache, "keySet")).isEqualTo(Set.of("a", "b"));
    assertThat(raw(cache, "values")).asInstanceOf(LIST).containsExactlyInAnyOrder(1, 2);
    assertThat(raw(cache, "entrySet")).isEqualTo(Map.of("a", 1, "b", 2).entrySet());
  }

  @Test
  void changesAnswerAsTheMapDoes() {
    Cache<String, Integer> cache = create(settings());

    assertThat(raw(cache, "put", "k", 1)).isNull();
    assertThat(raw(cache, "put", "k", 2)).isEqualTo(1);
    assertThat(raw(cache, "putIfAbsent", "k", 3)).isEqualTo(2);
    assertThat(raw(cache, "putIfAbsent", "l", 3)).isNull();
    assertThat(raw(cache, "replace", "k", 4)).isEqualTo(2);
    assertThat(raw(cache, "replace", "none", 4)).isNull();
    assertThat(raw(cache, "replace", "k", 4, 5)).isEqualTo(true);
    assertThat(raw(cache, "replace", "k", 4, 6)).isEqualTo(false);
    assertThat(contents(cache)).containsOnly(entry("k", 5), entry("l", 3));
    assertThat(raw(cache, "remove", "k", 4)).isEqualTo(false);
    assertThat(raw(cache, "remove", "k", 5)).isEqualTo(true);
    assertThat(raw(cache, "remove", "l")).isEqualTo(3);
    assertThat(raw(cache, "remove", "l")).isNull();
    cache.put("k", 1);
    assertThat(raw(cache, "clear")).isNull();
    assertThat(contents(cache)).isEmpty();
  }

  private static <K, V> Map<K, V> contents(Cache<K, V> cache) {
    Map<K, V> contents = new HashMap<>();
    cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
    return contents;
  }

  @Test
  void commandsAreKnownInAnyCase() {
    Cache<String, Integer> cache = create(settings());
    assertThat(raw(cache, "PUTIFABSENT", "k", 1)).isNull();
    assertThat(raw(cache, "keyset")).isEqualTo(Set.of("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compute", "merge", "forEach", "putAll", "", "get k", "\0"})
  void unknownCommandIsNamedAndAllAreListed(String command) {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> raw(cache, command, "k"))
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no command '" + command + "'")
        .hasMessageContaining(
            "There are get, getOrDefault, containsKey, put, putIfAbsent, replace, remove, size,"
                + " isEmpty, keySet, values, entrySet, clear");
  }

  @Test
  void nearestCommandIsProposed() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> raw(cache, "KEYS")).hasMessageContaining("did you mean 'keySet'?");
  }

  @Test
  void wrongNumberOfArgumentsIsRefused() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> raw(cache, "GET"))
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'get' does not take 0 arguments; write: get key");
    assertThatThrownBy(() -> raw(cache, "size", "k"))
        .hasMessageContaining("'size' does not take 1 arguments; write: size");
    assertThatThrownBy(() -> raw(cache, "replace", "k"))
        .hasMessageContaining("write: replace key value, or replace key oldValue newValue");
  }

  @Test
  void otherTypesAreRefused() {
    Cache<String, Integer> cache = create(settings());
    for (String command : List.of("get", "containsKey", "remove")) {
      assertThatThrownBy(() -> raw(cache, command, 1))
          .as(command)
          .isInstanceOf(ClassCastException.class)
          .hasMessageContaining("keys of type java.lang.String");
    }
    for (String command : List.of("getOrDefault", "put", "putIfAbsent", "replace", "remove")) {
      assertThatThrownBy(() -> raw(cache, command, "k", "1"))
          .as(command)
          .isInstanceOf(ClassCastException.class)
          .hasMessageContaining("values of type java.lang.Integer");
    }
    assertThat(contents(cache)).isEmpty();
  }

  @Test
  void closedCacheRefuses() {
    Cache<String, Integer> cache = create(settings());
    NativeCache<?, ?> commands = cache.unwrap(NativeCache.class);
    cache.close();
    assertThatThrownBy(() -> commands.raw("size", List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void objectsAreCopiedWhereTheCacheStoresByValue() {
    Cache<BitSet, BitSet> cache = create(LarderConfiguration.builder(BitSet.class, BitSet.class));
    BitSet key = bits(1);
    BitSet value = bits(2);
    raw(cache, "put", key, value);
    List<@Nullable Object> seen = new ArrayList<>(List.of(key, value));
    seen.addAll(collection(cache, "keySet"));
    seen.addAll(collection(cache, "values"));
    seen.add(raw(cache, "get", bits(1)));
    seen.add(raw(cache, "putIfAbsent", bits(1), bits(3)));
    assertThat(seen).containsExactly(bits(1), bits(2), bits(1), bits(2), bits(2), bits(2));
    seen.forEach(bits -> ((BitSet) requireNonNull(bits)).clear());

    assertThat(contents(cache)).containsOnly(entry(bits(1), bits(2)));
  }

  private static BitSet bits(long bits) {
    return BitSet.valueOf(new long[] {bits});
  }

  @Test
  void objectsStayThemselvesWhereTheCacheStoresByReference() {
    Cache<String, Object> cache =
        create(LarderConfiguration.builder(String.class, Object.class).storeByValue(false));
    byte[] value = {1};
    raw(cache, "put", "k", value);

    assertThat(raw(cache, "get", "k")).isSameAs(value);
    assertThat(cache.get("k")).isSameAs(value);
  }

  @Test
  void snapshotsStayAsTheyAre() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    for (String command : List.of("keySet", "values", "entrySet")) {
      Collection<?> snapshot = collection(cache, command);
      cache.put("b", 2);
      assertThat(snapshot).as(command).hasSize(1);
      assertThatThrownBy(snapshot::clear).isInstanceOf(UnsupportedOperationException.class);
      cache.remove("b");
    }
  }

  @Test
  void readsLeaveNoTrace() {
    FakeTicker ticker = new FakeTicker();
    CacheLoader<String, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(String key) {
            throw new AssertionError(key);
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            throw new AssertionError(keys);
          }
        };
    Cache<String, Integer> cache =
        create(
            settings()
                .ticker(ticker)
                .statisticsEnabled(true)
                .readThrough(() -> loader)
                .expiryPolicy(
                    new SingletonFactory<>(
                        new TouchedExpiryPolicy(new Duration(TimeUnit.SECONDS, 60)))));
    cache.put("k", 1);
    ticker.advance(TimeUnit.SECONDS.toNanos(40));
    readAll(cache);
    assertThat(raw(cache, "size")).isEqualTo(1);
    ticker.advance(TimeUnit.SECONDS.toNanos(40));
    readAll(cache);

    assertThat(raw(cache, "size")).isEqualTo(0);
    Statistics statistics = ((LarderCache<?, ?>) cache).assembly().statistics();
    assertThat(List.of(statistics.hits(), statistics.misses())).containsOnly(0L);
  }

  private static void readAll(Cache<String, Integer> cache) {
    raw(cache, "get", "k");
    raw(cache, "getOrDefault", "k", 2);
    raw(cache, "containsKey", "k");
    List.of("size", "isEmpty", "keySet", "values", "entrySet")
        .forEach(command -> raw(cache, command));
  }

  @Test
  void changesCountAndStayWithinTheBound() {
    Cache<String, Integer> cache = create(settings().statisticsEnabled(true).maxEntries(10));
    for (int i = 0; i < 100; i++) {
      raw(cache, i % 2 == 0 ? "put" : "putIfAbsent", "k" + i, i);
    }

    assertThat(raw(cache, "size")).asInstanceOf(INTEGER).isBetween(1, 10);
    assertThat(((LarderCache<?, ?>) cache).assembly().statistics().puts()).isEqualTo(100);
  }
}
