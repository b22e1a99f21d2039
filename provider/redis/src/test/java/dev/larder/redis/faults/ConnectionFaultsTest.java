package dev.larder.redis.faults;

import static dev.larder.redis.faults.Caches.PATIENCE;
import static dev.larder.redis.faults.Caches.await;
import static dev.larder.redis.faults.Caches.awaitSuccess;
import static dev.larder.redis.faults.Caches.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.BackendException;
import dev.larder.redis.RedisStoreFactory;
import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.FaultyProxy;
import dev.larder.tck.servers.Load;
import dev.larder.tck.servers.LogLines;
import dev.larder.tck.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between client and server; the numbers are those of the catalogue of faults. */
class ConnectionFaultsTest {
  private RedisServer server;
  private FaultyProxy proxy;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    proxy = new FaultyProxy(server.uri());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @Test
  @DisplayName("5: a half-dead connection is cut, made anew, and works")
  void halfDead() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=200ms")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      try (LogLines log = new LogLines();
          Load load = new Load(2, () -> cache.get("key"))) {
        await("load", () -> load.acknowledged() > 100);
        proxy.deafen();
        await("timeouts", () -> load.unknown() > 0);
        long before = load.acknowledged();
        await("recovery", () -> load.acknowledged() > before + 100);
        assertThat(log.lines())
            .anySatisfy(line -> assertThat(line).startsWith("dev.larder.redis").contains("cut"));
      }
      assertThat(proxy.accepted()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("107: a server that stays silent is cut off often, and told of once a second")
  void silentAgainAndAgain() {
    URI uri = URI.create(server.uri() + "?timeout=50ms&silence=50ms&connectTimeout=5s");
    AtomicReference<RemoteStore> opened = new AtomicReference<>();
    awaitSuccess(() -> opened.set(new RedisStoreFactory().open(uri)));
    try (RemoteStore store = opened.get();
        LogLines log = new LogLines()) {
      long start = System.nanoTime();
      server.pause();
      try {
        await(
            "cuts", () -> store.get(new byte[1]) != null && store.figures().connectionsLost() >= 5);
      } finally {
        server.resume();
      }

      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      assertThat(log.linesOf("dev.larder.redis"))
          .hasSizeBetween(1, (int) (1 + seconds))
          .allSatisfy(line -> assertThat(line).contains("silent for 50 ms"));
    }
  }

  @Test
  @DisplayName("5: a connection that dies while all places are taken is cut as well")
  void halfDeadAndFull() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=100ms&inFlight=2")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      proxy.deafen();
      try (Load load = new Load(4, () -> cache.get("key"))) {
        await("recovery", () -> load.acknowledged() > 100);
        assertThat(load.unknown()).as("the places").isBetween(2L, 4L);
      }
      assertThat(proxy.accepted()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("5: a connection to a server that is only slow is kept")
  void slowServer() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=50ms&silence=30s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      awaitSuccess(() -> cache.put("key", "value"));
      CompletableFuture<Object> script =
          CompletableFuture.supplyAsync(
              () -> server.command("EVAL", "for i = 1, 60000000 do local x = i * i end", "0"));
      try (Load load = new Load(2, () -> cache.get("key"))) {
        await("the script's end", script::isDone);
        long before = load.acknowledged();
        await("answers", () -> load.acknowledged() > before + 100);
        assertThat(load.refused()).as("while the connection is kept").isZero();
      }
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("5: late answers are signs of life, however many time limits pass")
  void lateAnswers() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=1s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      proxy.delayReplies(1_300);
      for (int i = 0; i < 6; i++) {
        assertThat(failureOf(() -> cache.get("key")).isOutcomeUnknown()).isTrue();
      }
      proxy.delayReplies(0);
      awaitSuccess(() -> assertThat(cache.get("key")).isEqualTo("value"));
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("6: what was executed and lost its answer is not sent again")
  void lostReplies() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=10s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      server.command("CONFIG", "RESETSTAT");
      proxy.dropReplies();
      AtomicLong next = new AtomicLong();
      AtomicLong unknown = new AtomicLong();
      CompletableFuture<?>[] calls = new CompletableFuture<?>[100];
      for (int i = 0; i < calls.length; i++) {
        calls[i] = new CompletableFuture<Void>();
        CompletableFuture<?> end = calls[i];
        new Thread(
                () -> {
                  try {
                    cache.put("key" + next.incrementAndGet(), "value");
                  } catch (BackendException e) {
                    if (e.isOutcomeUnknown()) {
                      unknown.incrementAndGet();
                    }
                  } finally {
                    end.complete(null);
                  }
                })
            .start();
      }
      await("execution", () -> calls(server, "set") == 100);
      proxy.cut();
      CompletableFuture.allOf(calls).join();

      assertThat(unknown).hasValue(100);
      awaitSuccess(() -> assertThat(cache.get("key1")).isEqualTo("value"));
      assertThat(calls(server, "set")).isEqualTo(100);
    }
  }

  /** Returns how often the server has executed a command. */
  static long calls(RedisServer server, String command) {
    Matcher matcher =
        Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
            .matcher(String.valueOf(server.command("INFO", "commandstats")));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @ParameterizedTest(name = "16: a server that says {0} is no server, which is said in time")
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "\u0000\u0001garbage", ""})
  void noRedis(String greeting) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      greet(listening, greeting);
      URI uri =
          URI.create("redis://127.0.0.1:" + listening.getLocalPort() + "?connectTimeout=500ms");
      assertCannotConnect(uri);
    }
  }

  private static void greet(ServerSocket listening, String greeting) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = listening.accept();
                  socket.getOutputStream().write(greeting.getBytes(UTF_8));
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  @DisplayName("16: a port on which nobody listens is said in time")
  void deadPort() {
    assertCannotConnect(
        URI.create(
            "redis://user:canary@127.0.0.1:" + RedisServer.freePort() + "?connectTimeout=500ms"));
  }

  @Test
  @DisplayName("23: a host that does not exist is said in time")
  void unknownHost() {
    assertCannotConnect(URI.create("redis://no-such-host.invalid:6379?connectTimeout=500ms"));
  }

  private static void assertCannotConnect(URI uri) {
    long start = System.nanoTime();
    BackendException failure = failureOf(() -> Caches.manager(uri));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    assertThat(failure)
        .hasMessageContaining(uri.getHost() + ":" + uri.getPort())
        .hasMessageNotContaining("canary");
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @Test
  @DisplayName("24: on a slow line, bulk operations wait once, not once for each key")
  void slowLine() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=20s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      Map<String, String> entries = new HashMap<>();
      for (int i = 0; i < 1_000; i++) {
        entries.put("key" + i, "value" + i);
      }
      proxy.delayReplies(50);
      long start = System.nanoTime();
      cache.putAll(entries);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      cache.removeAll(entries.keySet());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  @DisplayName("25: attempts to connect keep their distance")
  void reconnects() {
    try (CacheManager manager = Caches.manager(proxy.uri(), "timeout=1s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      server.kill9();
      long start = System.nanoTime();
      await("attempts", () -> proxy.accepted() > 8);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }
  }
}
