package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.VersionedValue;
import dev.larder.tck.servers.MemcachedServer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asynchronous calls have on Memcached alone. */
class AsyncCallsTest {
  private final MemcachedServer server = MemcachedServer.start();
  private CacheManager manager;
  private AsyncCache<String, String> cache;

  @BeforeEach
  void open() {
    manager = Caches.manager(server.uri(), "timeout=30s");
    cache = AsyncCache.of(Caches.cache(manager, String.class));
  }

  @AfterEach
  void close() {
    manager.close();
    server.close();
  }

  private static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void theSameValuePutBackIsAnotherVersion() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    result(cache.set("k", "other"));
    result(cache.set("k", "1"));
    assertThat(result(cache.cas("k", seen, "2"))).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo("1");
  }
}
