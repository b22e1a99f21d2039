package dev.larder.redis.faults;

import static dev.larder.redis.faults.Caches.await;
import static dev.larder.redis.faults.Caches.awaitSuccess;
import static dev.larder.redis.faults.Caches.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.tck.servers.FaultyProxy;
import dev.larder.tck.servers.Load;
import dev.larder.tck.servers.LogLines;
import dev.larder.tck.servers.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the server does to its clients; the numbers are those of the catalogue of faults. */
class ServerFaultsTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private RedisServer server(String... configuration) {
    return closing(RedisServer.start(configuration));
  }

  private <V> Cache<String, V> cache(RedisServer server, String parameters, Class<V> valueType) {
    CacheManager manager = closing(Caches.manager(server.uri(), parameters));
    return Caches.cache(manager, valueType);
  }

  private Load increments(Cache<String, Long> cache, int threads) {
    return closing(
        new Load(threads, () -> Caches.increment(cache, Thread.currentThread().getName())));
  }

  private static long total(Cache<String, Long> cache) {
    long total = 0;
    for (Cache.Entry<String, Long> entry : cache) {
      total += entry.getValue();
    }
    return total;
  }

  private static void assertNothingLostOrRepeated(Load load, Cache<String, Long> cache) {
    assertThat(total(cache)).isBetween(load.acknowledged(), load.acknowledged() + load.unknown());
  }

  @Test
  @DisplayName("1: kill -9 under load fails calls in time, queues nothing, and is recovered from")
  void killedServer() {
    RedisServer server = server("appendonly yes");
    Cache<String, Long> cache = cache(server, "timeout=1s", Long.class);
    Load load = increments(cache, 4);
    await("load", () -> load.acknowledged() > 500);

    server.kill9();
    long heapBefore = usedHeap();
    await("refusals", () -> load.refused() > 2_000);
    assertThat(usedHeap() - heapBefore).as("bytes of heap").isLessThan(32 << 20);
    server.restart();
    long millis = awaitSuccess(() -> cache.get("other"));
    long acknowledged = load.acknowledged();
    await("load", () -> load.acknowledged() > acknowledged + 500);
    load.close();

    assertNothingLostOrRepeated(load, cache);
    assertThat(millis).as("until the first success").isLessThan(2_000);
    assertThat(load.slowestMillis()).isLessThan(5_000);
    assertThat(load.failures().keySet())
        .allSatisfy(message -> assertThat(message).contains("127.0.0.1:" + server.port()));
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  @DisplayName("3, 107: a server that stands still: bounded, said to be unknown, without log flood")
  void stoppedServer() {
    RedisServer server = server();
    Cache<String, String> cache = cache(server, "timeout=300ms&inFlight=8", String.class);
    AtomicLong next = new AtomicLong();
    cache.put("first", "value");
    LogLines log = closing(new LogLines());
    long start = System.nanoTime();

    server.pause();
    Load load = closing(new Load(16, () -> cache.put("key" + next.incrementAndGet(), "value")));
    await("timeouts", () -> load.unknown() >= 8);
    await("refusals", () -> load.refused() > 100);
    load.close();
    server.resume();
    awaitSuccess(() -> cache.get("first"));

    assertThat(load.failures().keySet())
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("did not answer within 300 ms")
                    .contains("may have been executed"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("8 commands are on their way already")
                    .contains("not sent"));
    assertThat((Long) server.command("DBSIZE"))
        .isBetween(1 + load.acknowledged(), 1 + load.acknowledged() + load.unknown());
    long seconds = 1 + (System.nanoTime() - start) / 1_000_000_000;
    assertThat(log.lines()).hasSizeLessThanOrEqualTo((int) (3 * seconds));
  }

  @Test
  @DisplayName("3: no more commands wait for a server that stands still than are allowed")
  void boundWhileStopped() {
    RedisServer server = server();
    Cache<String, String> cache =
        cache(server, "timeout=200ms&silence=30m&inFlight=4", String.class);
    cache.put("first", "value");

    server.pause();
    AtomicLong next = new AtomicLong();
    try (Load load = new Load(8, () -> cache.put("key" + next.incrementAndGet(), "value"))) {
      await("refusals long after the timeouts", () -> load.refused() > 2_000);
      assertThat(load.unknown()).isEqualTo(4);
    }
    server.resume();
    awaitSuccess(() -> cache.get("first"));
    assertThat(server.command("DBSIZE")).isEqualTo(5L);
  }

  @Test
  @DisplayName("7: 20 killed connections under load lose nothing and repeat nothing")
  void killedConnections() {
    RedisServer server = server();
    Cache<String, Long> cache = cache(server, "timeout=2s&reconnectPause=50ms", Long.class);
    Load load = increments(cache, 4);
    for (int i = 0; i < 20; i++) {
      long before = load.acknowledged();
      await("load", () -> load.acknowledged() > before + 50);
      server.command("CLIENT", "KILL", "TYPE", "normal");
    }
    load.close();
    awaitSuccess(() -> cache.get("other"));

    assertNothingLostOrRepeated(load, cache);
    assertThat(load.unknown() + load.refused()).isGreaterThanOrEqualTo(20);
    assertThat(clients(server)).isEqualTo(2);
  }

  private static long clients(RedisServer server) {
    return String.valueOf(server.command("CLIENT", "LIST")).lines().count();
  }

  @Test
  @DisplayName("8: a full server refuses changes clearly, and still reads and removes")
  void fullServer() {
    RedisServer server = server();
    Cache<String, String> cache = cache(server, "timeout=5s", String.class);
    cache.put("key", "value");
    server.command("CONFIG", "SET", "maxmemory", "1");

    BackendException failure = failureOf(() -> cache.put("key", "other"));
    assertThat(failure)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("its memory is full")
        .hasMessageContaining("OOM");
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(failureOf(() -> cache.replace("key", "value", "other")))
        .hasMessageContaining("its memory is full");
    assertThat(cache.get("key")).isEqualTo("value");
    assertThat(cache.remove("key")).isTrue();
    server.command("CONFIG", "SET", "maxmemory", "0");
    cache.put("key", "again");
  }

  @Test
  @DisplayName("9: a script that blocks the server fails calls, and is not killed by them")
  void busyServer() {
    RedisServer server = server("busy-reply-threshold 50");
    Cache<String, String> cache = cache(server, "timeout=5s", String.class);
    cache.put("key", "value");
    CompletableFuture<Object> script =
        CompletableFuture.supplyAsync(() -> server.command("EVAL", "while true do end", "0"));
    await("BUSY", () -> errorOf(server, "PING").startsWith("BUSY"));

    BackendException failure = failureOf(() -> cache.get("key"));
    assertThat(failure).hasMessageContaining("busy with somebody's script");
    assertThat(failure.isOutcomeUnknown()).isFalse();
    failureOf(() -> cache.replace("key", "value", "other"));

    assertThat(script).as("the script still runs").isNotDone();
    server.command("SCRIPT", "KILL");
    await("the script's end", script::isDone);
    assertThat(cache.get("key")).isEqualTo("value");
  }

  private static String errorOf(RedisServer server, String... command) {
    try {
      server.command(command);
      return "";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  @DisplayName("10: a primary that becomes a replica refuses changes and is connected to anew")
  void demotedServer() {
    RedisServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    CacheManager manager = closing(Caches.manager(proxy.uri(), "timeout=2s"));
    Cache<String, String> cache = Caches.cache(manager, String.class);
    cache.put("key", "value");
    server.command("REPLICAOF", "127.0.0.1", "" + RedisServer.freePort());

    BackendException failure = failureOf(() -> cache.put("key", "other"));
    assertThat(failure)
        .hasMessageContaining("it is a replica now")
        .hasMessageContaining("READONLY");
    assertThat(failure.isOutcomeUnknown()).isFalse();
    await("a new connection", () -> proxy.accepted() == 2);
    awaitSuccess(() -> assertThat(cache.get("key")).isEqualTo("value"));
    assertThat(failureOf(() -> cache.put("key", "other"))).hasMessageContaining("READONLY");
    assertThat(cache.get("key")).isEqualTo("value");
    assertThat(proxy.accepted()).as("connections").isEqualTo(2);

    server.command("REPLICAOF", "NO", "ONE");
    cache.put("key", "other");
    assertThat(cache.get("key")).isEqualTo("other");
  }

  @Test
  @DisplayName("11: a server that reads its data says so")
  void loadingServer() {
    RedisServer server =
        server(
            "enable-debug-command local",
            "key-load-delay 500",
            "loading-process-events-interval-bytes 1024");
    Cache<String, String> cache = cache(server, "timeout=5s", String.class);
    for (int i = 0; i < 4_000; i++) {
      cache.put("key" + i, "value" + i);
    }
    CompletableFuture<Object> reload =
        CompletableFuture.supplyAsync(() -> server.command("DEBUG", "RELOAD"));
    await("LOADING", () -> errorOf(server, "GET", "key").startsWith("LOADING"));

    BackendException failure = failureOf(() -> cache.get("key1"));
    assertThat(failure).hasMessageContaining("reads its data").hasMessageContaining("LOADING");
    assertThat(failure.isOutcomeUnknown()).isFalse();
    await("the end", reload::isDone);
    assertThat(cache.get("key1")).isEqualTo("value1");
  }

  @Test
  @DisplayName("11: a replica that has lost its primary says so")
  void orphanedReplica() {
    RedisServer server = server("replica-serve-stale-data no");
    Cache<String, String> cache = cache(server, "timeout=5s", String.class);
    cache.put("key", "value");
    server.command("REPLICAOF", "127.0.0.1", "" + RedisServer.freePort());

    assertThat(failureOf(() -> cache.get("key")))
        .hasMessageContaining("a replica that has lost its primary");
    server.command("REPLICAOF", "NO", "ONE");
    assertThat(cache.get("key")).isEqualTo("value");
  }

  @Test
  @DisplayName("12: a key of another type is named as the cause, and can be removed")
  void foreignType() {
    RedisServer server = server();
    Cache<String, String> cache = cache(server, "timeout=5s", String.class);
    cache.put("key", "value");
    String stored = String.valueOf(((List<?>) server.command("KEYS", "*")).get(0));
    server.command("DEL", stored);
    server.command("LPUSH", stored, "item");

    BackendException failure = failureOf(() -> cache.get("key"));
    assertThat(failure)
        .hasMessageContaining("another application keeps something under a key of this cache")
        .hasMessageContaining("remove() removes it");
    assertThat(failure.isOutcomeUnknown()).isFalse();
    failureOf(() -> cache.replace("key", "a", "b"));
    assertThat(cache.remove("key")).isTrue();
    assertThat(cache.get("key")).isNull();
    server.command("LPUSH", stored, "item");
    cache.put("key", "value");
    assertThat(cache.get("key")).isEqualTo("value");
  }

  @Test
  @DisplayName("13: scripts that the server has forgotten are sent again, each change made once")
  void flushedScripts() {
    RedisServer server = server();
    Cache<String, Long> cache = cache(server, "timeout=5s", Long.class);
    for (int i = 0; i < 50; i++) {
      Caches.increment(cache, "key");
      server.command("SCRIPT", "FLUSH");
    }
    assertThat(cache.get("key")).isEqualTo(50);
  }

  @Test
  @DisplayName("14, 112: a password that has changed is the cause of the next failures, unseen")
  void changedPassword() {
    RedisServer server = server();
    server.command("ACL", "SETUSER", "app", "on", ">canary-1", "~*", "+@all");
    URI uri = URI.create("redis://app:canary-1@127.0.0.1:" + server.port());
    CacheManager manager = closing(Caches.manager(uri, "timeout=2s"));
    Cache<String, String> cache = Caches.cache(manager, String.class);
    cache.put("key", "value");

    server.command("ACL", "SETUSER", "app", "resetpass", ">canary-2");
    assertThat(cache.get("key")).as("on a connection that stays").isEqualTo("value");
    server.command("CLIENT", "KILL", "TYPE", "normal");
    await(
        "the reason",
        () -> String.valueOf(failureOf(() -> cache.get("key")).getMessage()).contains("WRONGPASS"));
    BackendException failure = failureOf(() -> cache.get("key"));
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(stackTrace(failure)).contains("127.0.0.1:" + server.port()).doesNotContain("canary");

    server.command("ACL", "SETUSER", "app", "resetpass", ">canary-1");
    awaitSuccess(() -> assertThat(cache.get("key")).isEqualTo("value"));
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  @DisplayName("15: a user who may not run scripts is told so")
  void forbiddenCommand() {
    RedisServer server = server();
    server.command("ACL", "SETUSER", "app", "on", ">secret", "~*", "+@all", "-@scripting");
    URI uri = URI.create("redis://app:secret@127.0.0.1:" + server.port());
    Cache<String, Long> cache =
        Caches.cache(closing(Caches.manager(uri, "timeout=2s")), Long.class);
    cache.put("key", 1L);

    assertThatThrownBy(() -> Caches.increment(cache, "key"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("the user that the URI names is not allowed")
        .hasMessageContaining("NOPERM");
  }

  @Test
  @DisplayName("99: a bulk operation that fails half-way does not say that nothing was changed")
  void halfDone() {
    RedisServer server = server();
    server.command("ACL", "SETUSER", "app", "on", ">secret", "~cache:a*", "+@all");
    URI uri = URI.create("redis://app:secret@127.0.0.1:" + server.port());
    Cache<String, String> cache = Caches.cache(closing(Caches.manager(uri)), String.class);
    Map<String, String> entries = new LinkedHashMap<>(Map.of("a", "allowed"));
    entries.put("b", "forbidden");

    BackendException failure = failureOf(() -> cache.putAll(entries));
    assertThat(failure).hasMessageContaining("NOPERM").hasMessageContaining("a part");
    assertThat(failure.isOutcomeUnknown()).isTrue();
    assertThat(cache.get("a")).isEqualTo("allowed");
    assertThat(failureOf(() -> cache.putAll(Map.of("b", "forbidden"))).isOutcomeUnknown())
        .isFalse();
  }
}
