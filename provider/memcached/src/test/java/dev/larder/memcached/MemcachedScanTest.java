package dev.larder.memcached;

import static dev.larder.memcached.Caches.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.tck.servers.MemcachedServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that list their keys, or do not. */
class MemcachedScanTest {
  @ParameterizedTest
  @CsvSource({"-X, -X", "-o no_lru_crawler, -o no_lru_crawler", "-B binary, -B binary"})
  void refusalNamesTheOption(String options, String named) {
    try (MemcachedServer server = MemcachedServer.start(options.split(" ", -1));
        CacheManager manager = Caches.manager(server.uri(), "timeout=5s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");

      List<Runnable> calls =
          List.of(
              cache::clear,
              cache::removeAll,
              () -> cache.forEach(entry -> {}),
              () -> manager.destroyCache("cache"));
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("127.0.0.1:" + server.port())
            .hasMessageContaining("neither be iterated nor cleared")
            .hasMessageContaining(named);
      }
      assertThat(Caches.cache(manager, "other", String.class, String.class).get("key")).isNull();
    }
  }

  @Test
  void serverWithoutCompareAndSetIsRefused() {
    try (MemcachedServer server = MemcachedServer.start("-C")) {
      assertThatThrownBy(() -> Caches.manager(server.uri()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("option -C")
          .hasMessageContaining("atomic");
    }
  }

  @Test
  void asciiDoesAllThatBinaryDoesAndWorksWithoutIt() {
    try (MemcachedServer server = MemcachedServer.start("-B", "ascii");
        CacheManager manager = Caches.manager(server.uri(), "timeout=5s&protocol=ascii")) {
      Cache<Object, Object> cache = Caches.cache(manager, "cache", Object.class, Object.class);
      cache.put("a b", 1);
      cache.put("key", 2);

      assertThat(cache.getAll(java.util.Set.of("a b", "key"))).hasSize(2);
      assertThat(cache.remove("a b", 1)).isTrue();
      assertThat(cache).hasSize(1);
    }
  }

  @Test
  void binaryOnAServerWithoutItFailsAtOnce() {
    try (MemcachedServer server = MemcachedServer.start("-B", "ascii")) {
      assertThat(failureOf(() -> Caches.manager(server.uri())))
          .hasMessageContaining("cannot connect to Memcached at 127.0.0.1:" + server.port());
    }
  }

  @Test
  void manyMayListAtTheSameTime() {
    try (MemcachedServer server = MemcachedServer.start()) {
      List<CacheManager> managers = new ArrayList<>();
      List<CompletableFuture<Map<String, Integer>>> lists = new ArrayList<>();
      Map<String, Integer> entries = new HashMap<>();
      IntStream.range(0, 5_000).forEach(i -> entries.put("key" + i, i));
      for (int i = 0; i < 6; i++) {
        CacheManager manager =
            Caches.manager(server.uri(), "timeout=10s&connectTimeout=1" + i + "s");
        managers.add(manager);
        Cache<String, Integer> cache = Caches.cache(manager, Integer.class);
        if (i == 0) {
          cache.putAll(entries);
        }
        lists.add(
            CompletableFuture.supplyAsync(
                () -> {
                  Map<String, Integer> listed = new HashMap<>();
                  cache.forEach(entry -> listed.put(entry.getKey(), entry.getValue()));
                  return listed;
                },
                task -> new Thread(task).start()));
      }

      lists.forEach(list -> assertThat(list.join()).isEqualTo(entries));
      managers.forEach(CacheManager::close);
    }
  }

  @Test
  @DisplayName("22: code that is slow between two entries holds nobody up")
  void slowUserCodeHoldsNobodyUp() {
    try (MemcachedServer server = MemcachedServer.start();
        CacheManager manager = Caches.manager(server.uri(), "timeout=5s")) {
      Cache<String, Integer> cache = Caches.cache(manager, Integer.class);
      IntStream.range(0, 3_000).forEach(i -> cache.put("key" + i, i));

      for (Cache.Entry<String, Integer> entry : cache) {
        if (entry.getValue() < 3) {
          cache.forEach(other -> {});
          server.command("set other 0 0 1\r\n1");
          cache.put("key0", 0);
        }
      }
      assertThat(cache).hasSize(3_000);
    }
  }

  @Test
  void listThatTakesTooLongIsGivenUp() {
    try (MemcachedServer server = MemcachedServer.start();
        CacheManager manager = Caches.manager(server.uri(), "timeout=5s&scanTimeout=300ms")) {
      Cache<String, Integer> cache = Caches.cache(manager, Integer.class);
      cache.put("key", 1);

      server.pause();
      assertThat(failureOf(cache::clear))
          .hasMessageContaining("300 ms")
          .hasMessageContaining("'scanTimeout'");
      server.resume();
      assertThat(cache).hasSize(1);
    }
  }
}
