package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Stored bytes that are no value of the cache count as missing, and can be replaced. */
@Timeout(60)
class RemoteUndecodableTest {
  private static final Set<String> BOTH = Set.of("bad", "good");

  private final SampleCaches caches = new SampleCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  private Cache<String, Integer> damaged(MutableConfiguration<String, Integer> configuration) {
    Cache<String, Integer> cache = caches.open(configuration);
    cache.put("good", 1);
    caches.storeBytes("bad", "no number");
    return cache;
  }

  private static MutableConfiguration<String, Integer> listened() {
    return SampleCaches.numbers()
        .addCacheEntryListenerConfiguration(
            CacheContract.synchronous(new RecordingListener<String, Integer>()));
  }

  private static final Map<String, Consumer<Cache<String, Integer>>> USES = uses();

  private static Map<String, Consumer<Cache<String, Integer>>> uses() {
    Map<String, Consumer<Cache<String, Integer>>> uses = new LinkedHashMap<>();
    uses.put("get", cache -> assertThat(cache.get("bad")).isNull());
    uses.put("getAll", cache -> assertThat(cache.getAll(BOTH)).isEqualTo(Map.of("good", 1)));
    uses.put(
        "iterator",
        cache -> {
          Map<String, Integer> found = new HashMap<>();
          cache.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          assertThat(found).isEqualTo(Map.of("good", 1));
        });
    uses.put(
        "put",
        cache -> {
          cache.put("bad", 2);
          assertThat(cache.get("bad")).isEqualTo(2);
        });
    uses.put(
        "putAll",
        cache -> {
          cache.putAll(Map.of("bad", 2, "good", 3));
          assertThat(cache.getAll(BOTH)).isEqualTo(Map.of("bad", 2, "good", 3));
        });
    uses.put(
        "getAndPut",
        cache -> {
          assertThat(cache.getAndPut("bad", 2)).isNull();
          assertThat(cache.get("bad")).isEqualTo(2);
        });
    uses.put(
        "putIfAbsent",
        cache -> {
          assertThat(cache.putIfAbsent("bad", 2)).isTrue();
          assertThat(cache.get("bad")).isEqualTo(2);
        });
    uses.put(
        "invoke",
        cache -> {
          boolean existed =
              cache.invoke(
                  "bad",
                  (entry, arguments) -> {
                    boolean exists = entry.exists();
                    entry.setValue(2);
                    return exists;
                  });
          assertThat(existed).isFalse();
          assertThat(cache.get("bad")).isEqualTo(2);
        });
    uses.put("replace of a value", cache -> assertThat(cache.replace("bad", 1, 2)).isFalse());
    uses.put("remove of a value", cache -> assertThat(cache.remove("bad", 1)).isFalse());
    uses.put("getAndRemove", cache -> assertThat(cache.getAndRemove("bad")).isNull());
    uses.put(
        "clear",
        cache -> {
          cache.clear();
          assertThat(cache.containsKey("bad")).isFalse();
        });
    return uses;
  }

  /** But for {@code putIfAbsent}, a single command, which sees only that there is something. */
  @TestFactory
  Stream<DynamicTest> plainCacheTakesItForMissing() {
    return USES.entrySet().stream()
        .filter(use -> !use.getKey().equals("putIfAbsent"))
        .map(
            use ->
                dynamicTest(
                    use.getKey(),
                    () -> {
                      try (SampleCaches own = new SampleCaches()) {
                        Cache<String, Integer> cache = own.open(SampleCaches.numbers());
                        cache.put("good", 1);
                        own.storeBytes("bad", "no number");
                        use.getValue().accept(cache);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> cacheWithListenersTakesItForMissing() {
    return USES.entrySet().stream()
        .map(
            use ->
                dynamicTest(
                    use.getKey(),
                    () -> {
                      try (SampleCaches own = new SampleCaches()) {
                        Cache<String, Integer> cache = own.open(listened());
                        cache.put("good", 1);
                        own.storeBytes("bad", "no number");
                        use.getValue().accept(cache);
                      }
                    }));
  }

  @Test
  void listenersHearOfACreation() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        damaged(
            SampleCaches.numbers()
                .addCacheEntryListenerConfiguration(CacheContract.synchronous(listener)));

    cache.put("bad", 2);

    assertThat(listener.events()).contains(RecordingListener.Seen.created("bad", 2));
  }

  @Test
  void itCountsAsAMiss() {
    Cache<String, Integer> cache = damaged(SampleCaches.numbers().setStatisticsEnabled(true));

    cache.get("bad");
    cache.getAll(Set.of("bad"));

    assertThat(CacheContract.statistics(cache).getCacheMisses()).isEqualTo(2);
    assertThat(CacheContract.statistics(cache).getCacheHits()).isZero();
  }

  @Test
  void loaderReplacesIt() throws Exception {
    Cache<String, Integer> elsewhere = caches.open(SampleCaches.numbers());
    CacheLoader<String, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(String key) {
            return 7;
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            Map<String, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, 7));
            return loaded;
          }
        };
    Cache<String, Integer> cache =
        damaged(SampleCaches.numbers().setReadThrough(true).setCacheLoaderFactory(() -> loader));
    caches.storeBytes("worse", "no number");
    caches.storeBytes("worst", "no number");

    assertThat(cache.get("bad")).isEqualTo(7);
    assertThat(cache.getAll(Set.of("worse"))).isEqualTo(Map.of("worse", 7));
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(Set.of("worst", "good"), false, loaded);
    loaded.get();
    assertThat(elsewhere.getAll(Set.of("worst", "good"))).isEqualTo(Map.of("worst", 7, "good", 1));
  }
}
