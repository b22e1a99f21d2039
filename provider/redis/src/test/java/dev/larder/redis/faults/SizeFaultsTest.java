package dev.larder.redis.faults;

import static dev.larder.redis.faults.Caches.PATIENCE;
import static dev.larder.redis.faults.Caches.awaitSuccess;
import static dev.larder.redis.faults.Caches.failureOf;
import static dev.larder.redis.faults.ConnectionFaultsTest.calls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.servers.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much at once; the numbers are those of the catalogue of faults. */
class SizeFaultsTest {
  private RedisServer server;

  @BeforeEach
  void start() {
    server = RedisServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "40: a value of {0} MB comes back as it went")
  @ValueSource(ints = {1, 20})
  void largeValue(int megabytes) {
    String value = "x".repeat(megabytes << 20);
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=1m")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", value);
      assertThat(cache.get("key").equals(value)).isTrue();
      assertThat(cache.replace("key", value, "y" + value)).isTrue();
      assertThat(cache.getAndRemove("key").equals("y" + value)).isTrue();
    }
  }

  @Test
  @DisplayName("40: a value that is too large for the server fails alone")
  void tooLargeValue() {
    server.command("CONFIG", "SET", "proto-max-bulk-len", "1mb");
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=1m")) {
      Cache<String, byte[]> cache = Caches.cache(manager, byte[].class);
      cache.put("key", new byte[] {1});
      assertThat(failureOf(() -> cache.put("large", new byte[2 << 20])))
          .hasMessageContaining("127.0.0.1:" + server.port());
      awaitSuccess(() -> assertThat(cache.get("key")).isEqualTo(new byte[] {1}));
      assertThat(cache.get("large")).isNull();
    }
  }

  @Test
  @DisplayName("99: 100,000 entries go and come in parts that let others in between")
  void bulk() {
    Map<String, String> entries = entries(100_000);
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=1m")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      server.command("CONFIG", "RESETSTAT");
      cache.putAll(entries);
      assertThat(server.command("DBSIZE")).isEqualTo(100_000L);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      cache.removeAll(entries.keySet());

      assertThat(server.command("DBSIZE")).isEqualTo(0L);
      assertThat(calls(server, "set")).isEqualTo(100_000);
      assertThat(calls(server, "mget")).isEqualTo(100);
      assertThat(calls(server, "unlink")).isEqualTo(100);
    }
  }

  private static Map<String, String> entries(int count) {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      entries.put("key" + i, "value" + i);
    }
    return entries;
  }

  @Test
  @DisplayName("99: bulk operations find room however few commands may be on their way")
  void bulkInNarrowSpace() {
    Map<String, String> entries = entries(2_000);
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=1m&inFlight=10")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.putAll(entries);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      cache.removeAll();
      assertThat(server.command("DBSIZE")).isEqualTo(0L);
    }
  }

  @Test
  @DisplayName("99: bulk operations that touch each entry find room as well")
  void bulkWithTouches() {
    Map<String, String> entries = entries(10_000);
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=1m")) {
      Cache<String, String> cache =
          manager.createCache(
              "cache",
              new MutableConfiguration<String, String>()
                  .setTypes(String.class, String.class)
                  .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(Duration.ONE_DAY)));
      cache.putAll(entries);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      cache.removeAll(entries.keySet());
      assertThat(server.command("DBSIZE")).isEqualTo(0L);
    }
  }

  @Test
  @DisplayName("38, 107: 200,000 calls to a server that stands still fit into a small heap and log")
  void flood() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName(),
                server.uri().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader from =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        PrintStream to = new PrintStream(process.getOutputStream(), true, UTF_8)) {
      assertThat(from.readLine()).isEqualTo("connected");
      server.pause();
      to.println("paused");
      assertThat(from.readLine()).isEqualTo("4096 unknown, 195904 refused, 0 logged");
      server.resume();
      to.println("resumed");
      assertThat(from.readLine()).isEqualTo("works again");
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
