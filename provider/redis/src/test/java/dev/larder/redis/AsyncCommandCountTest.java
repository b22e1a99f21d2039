package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderCachingProvider;
import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import dev.larder.async.MultiCached;
import dev.larder.async.VersionedValue;
import dev.larder.tck.servers.RedisMonitor;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asynchronous calls send. */
class AsyncCommandCountTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static RedisServer server;
  private CacheManager manager;
  private AsyncCache<String, String> cache;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    server.command("FLUSHALL");
    manager = Managers.open(URI.create(server.uri() + "?timeout=30s"));
    cache = AsyncCache.of(Managers.strings(manager, "c"));
  }

  @AfterEach
  void close() {
    manager.getCachingProvider().close();
  }

  private static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static String sentBy(Supplier<CompletionStage<?>> call) {
    try (RedisMonitor monitor = server.monitor()) {
      return CommandCount.of(server, monitor, () -> result(call.get()));
    }
  }

  @Test
  void commandsAreOneCommandEach() {
    assertThat(sentBy(() -> cache.get("k"))).isEqualTo("GET");
    assertThat(sentBy(() -> cache.get("k", "default"))).isEqualTo("GET");
    assertThat(sentBy(() -> cache.set("k", "v"))).isEqualTo("SET");
    assertThat(sentBy(() -> cache.put("k", "v"))).isEqualTo("SET KEEPTTL");
    assertThat(sentBy(() -> cache.set("k", "v", HOUR))).isEqualTo("SET PX");
    assertThat(sentBy(() -> cache.add("new", "v"))).isEqualTo("SET NX");
    assertThat(sentBy(() -> cache.add("brief", "v", HOUR))).isEqualTo("SET PX NX");
    assertThat(sentBy(() -> cache.exists("k"))).isEqualTo("GET");
    assertThat(sentBy(() -> cache.multiGet(List.of("k", "x", "k")))).isEqualTo("MGET");
    assertThat(sentBy(() -> cache.multiSet(Map.of("k", "v", "l", "v")))).isEqualTo("2 × SET");
    assertThat(sentBy(() -> cache.expire("k", HOUR))).isEqualTo("PEXPIRE");
    result(cache.expire("k", AsyncCache.FOREVER)); // so that the server knows the script
    assertThat(sentBy(() -> cache.expire("k", AsyncCache.FOREVER))).isEqualTo("EVALSHA");
    assertThat(sentBy(() -> cache.gets("k"))).isEqualTo("GET");
    VersionedValue<String> seen = result(cache.gets("k"));
    result(cache.cas("other", seen, "w")); // so that the server knows the script
    assertThat(sentBy(() -> cache.cas("k", seen, "w"))).isEqualTo("EVALSHA");
    assertThat(sentBy(() -> cache.withNamespace("n").get("k"))).isEqualTo("GET");
    assertThat(sentBy(() -> cache.delete("k"))).isEqualTo("UNLINK");
    assertThat(sentBy(() -> cache.raw("STRLEN", "c:k"))).isEqualTo("STRLEN");
  }

  @Test
  void getsThatAreIssuedTogetherShareCommands() {
    int gets = 500;
    assertThat(commandsOf(gets, cache)).isLessThan(gets / 2);
    try (CachingProvider other = new LarderCachingProvider()) {
      URI uri = URI.create(server.uri() + "?timeout=30s&coalesce=1");
      var each = AsyncCache.of(Managers.strings(other.getCacheManager(uri, null), "c"));
      assertThat(commandsOf(gets, each)).isEqualTo(gets);
    }
  }

  /**
   * Returns how many commands are sent for gets, all of which find what they should; the server
   * answers none before the last is issued.
   */
  private static long commandsOf(int gets, AsyncCache<String, String> cache) {
    Map<String, String> entries =
        IntStream.range(0, gets).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
    result(cache.multiSet(entries));
    server.command("CONFIG", "RESETSTAT");
    server.pause();
    List<CompletionStage<String>> found =
        IntStream.range(0, gets).mapToObj(i -> cache.get("k" + i)).toList();
    server.resume();
    for (int i = 0; i < gets; i++) {
      assertThat(result(found.get(i))).isEqualTo("v" + i);
    }
    return CommandCount.statistics(server).values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void decoratorsReadOnceAndWriteOnce() {
    Cached<String, String> cached = Cached.of(cache);
    assertThat(sentBy(() -> cached.getAsync("k", () -> cache.get("other", "v"))))
        .isEqualTo("2 × GET + SET");
    assertThat(sentBy(() -> cached.getAsync("k", () -> cache.get("other", "v")))).isEqualTo("GET");
    var multi = MultiCached.of(cache).decorateAsync(words -> cache.getAll(words));
    assertThat(sentBy(() -> multi.apply(List.of("k")))).isEqualTo("MGET");
  }
}
