package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.async.AsyncCache;
import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.MemcachedServer;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import net.spy.memcached.CachedData;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.MemcachedClientIF;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawCommandsTest {
  private static MemcachedServer server;
  private static RemoteStore binary;
  private static RemoteStore ascii;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
    binary = Caches.store(server.uri(), "timeout=5s");
    ascii = Caches.store(server.uri(), "timeout=5s&protocol=ascii");
  }

  @AfterAll
  static void stop() {
    binary.close();
    ascii.close();
    server.close();
  }

  private static Object raw(RemoteStore store, String command, String... arguments) {
    List<byte[]> bytes = Stream.of(arguments).map(argument -> argument.getBytes(UTF_8)).toList();
    return readable(store.raw(command, bytes).toCompletableFuture().join());
  }

  /** Returns text in place of bytes. */
  private static Object readable(Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    }
    return reply instanceof List<?> list
        ? list.stream().map(RawCommandsTest::readable).toList()
        : reply;
  }

  private static RemoteStore store(String protocol) {
    server.command("flush_all");
    return protocol.equals("ascii") ? ascii : binary;
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "ascii"})
  void valuesAreStoredAndRead(String protocol) {
    RemoteStore store = store(protocol);
    assertThat(raw(store, "get", "key")).isNull();
    assertThat(raw(store, "replace", "key", "value")).isEqualTo("NOT_STORED");
    assertThat(raw(store, "append", "key", "value")).isEqualTo("NOT_STORED");
    assertThat(raw(store, "SET", "key", "value")).isEqualTo("STORED");
    assertThat(raw(store, "add", "key", "other")).isEqualTo("NOT_STORED");
    assertThat(raw(store, "append", "key", ">")).isEqualTo("STORED");
    assertThat(raw(store, "prepend", "key", "<")).isEqualTo("STORED");
    assertThat(raw(store, "get", "key")).isEqualTo("<value>");
    assertThat(raw(store, "get", "key", "none", "key"))
        .isEqualTo(Arrays.asList("<value>", null, "<value>"));
    assertThat(server.command("get key")).isEqualTo("VALUE key 0 7\r\n<value>\r\nEND");
    assertThat(raw(store, "replace", "key", "value", "100")).isEqualTo("STORED");
    assertThat(server.command("mg key t")).matches("HD t(100|99)");
    assertThat(raw(store, "delete", "key")).isEqualTo("DELETED");
    assertThat(raw(store, "delete", "key")).isEqualTo("NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "ascii"})
  void numbersOfChangesAreCompared(String protocol) {
    RemoteStore store = store(protocol);
    assertThat(raw(store, "gets", "key")).isNull();
    assertThat(raw(store, "cas", "key", "value", "1")).isEqualTo("NOT_FOUND");
    raw(store, "add", "key", "value");

    List<?> found = (List<?>) raw(store, "gets", "key");
    assertThat(found.get(0)).isEqualTo("value");
    String number = found.get(1).toString();
    assertThat(raw(store, "cas", "key", "other", number)).isEqualTo("STORED");
    assertThat(raw(store, "cas", "key", "third", number)).isEqualTo("EXISTS");
    assertThat(raw(store, "get", "key")).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "ascii"})
  void numbersAreCounted(String protocol) {
    RemoteStore store = store(protocol);
    assertThat(raw(store, "incr", "key")).isNull();
    raw(store, "set", "key", "41");
    assertThat(raw(store, "incr", "key")).isEqualTo(42L);
    assertThat(raw(store, "decr", "key", "40")).isEqualTo(2L);
    assertThat(raw(store, "decr", "key", "5")).isEqualTo(0L);
    assertThat(raw(store, "set", "key", "18446744073709551614")).isEqualTo("STORED");
    assertThat(raw(store, "incr", "key")).as("more than a long holds").isEqualTo(-1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "ascii"})
  void timesAreSet(String protocol) {
    RemoteStore store = store(protocol);
    assertThat(raw(store, "touch", "key", "100")).isEqualTo("NOT_FOUND");
    raw(store, "set", "key", "value");
    assertThat(raw(store, "touch", "key", "100")).isEqualTo("TOUCHED");
    assertThat(server.command("mg key t")).matches("HD t(100|99)");
    if (protocol.equals("binary")) {
      assertThat(raw(store, "gat", "200", "key")).isEqualTo("value");
      assertThat(raw(store, "gat", "200", "none")).isNull();
      assertThat(server.command("mg key t")).matches("HD t(200|199)");
    } else {
      assertThatThrownBy(() -> raw(store, "gat", "200", "key"))
          .hasRootCauseInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("protocol=ascii");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "ascii"})
  void allServersAreAsked(String protocol) {
    try (MemcachedServer other = MemcachedServer.start();
        RemoteStore both =
            Caches.store(
                URI.create(server.uri() + ",127.0.0.1:" + other.port()),
                "timeout=5s&protocol=" + protocol)) {
      raw(both, "set", "key", "value");

      assertThat((List<?>) raw(both, "version"))
          .hasSize(2)
          .allSatisfy(version -> assertThat(version.toString()).matches("1\\.\\d+\\.\\d+.*"));
      List<?> stats = (List<?>) raw(both, "stats");
      assertThat(stats).hasSize(2);
      assertThat(((List<?>) stats.get(0)).indexOf("curr_items") % 2).isZero();
      assertThat(raw(both, "stats", "settings").toString())
          .contains("tcpport, " + server.port())
          .contains("tcpport, " + other.port());
      assertThat(raw(both, "flush_all")).isEqualTo(List.of("OK", "OK"));
      assertThat(raw(both, "get", "key")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 'command ''nonsense'' is not known; those that are: get key [key ...], gets key, gat'",
    "'get key', 'command ''get key'' is not known'",
    "get, 'does not take 0 arguments; write: get key [key ...]'",
    "delete a b, 'does not take 2 arguments; write: delete key'",
    "set a, 'does not take 1 arguments; write: set key value [exptime]'",
    "set a b c, '''c'' is not allowed as exptime; it is a number from 0 to 2147483647'",
    "touch a -1, '''-1'' is not allowed as exptime'",
    "cas a b 0, '''0'' is not allowed as number; it is a number from 1'",
    "stats a;b, 'no kind of figures'"
  })
  void whatIsNoCommandIsRefused(String line, String message) {
    String[] words = line.startsWith("get ") ? new String[] {line} : line.split(" ", -1);
    assertThatThrownBy(() -> raw(binary, words[0], Arrays.copyOfRange(words, 1, words.length)))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nflush_all", "\0"})
  void whatIsNoKeyOfMemcachedIsRefused(String key) {
    assertThatThrownBy(() -> raw(ascii, "get", key))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("get key [key ...]: the key is not one that Memcached can hold");
  }

  @Test
  void serversErrorIsTold() {
    raw(binary, "set", "text", "value");
    assertThatThrownBy(() -> raw(binary, "incr", "text"))
        .hasCauseInstanceOf(BackendException.class)
        .hasMessageContaining("Non-numeric server-side value");
    assertThatThrownBy(() -> raw(binary, "set", "key", "x".repeat(2_000_000)))
        .hasCauseInstanceOf(BackendException.class)
        .hasMessageContaining("nothing was sent");
  }

  @Test
  void asynchronousCachesHandThemOn() {
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=5s")) {
      AsyncCache<String, String> cache = AsyncCache.of(Caches.cache(manager, String.class));
      Caches.await(cache.set("key", "value"));

      assertThat(Caches.await(cache.raw("prepend", "cache:key", "super"))).isEqualTo("STORED");
      assertThat(Caches.await(cache.get("key"))).isEqualTo("supervalue");
      assertThat(Caches.await(cache.raw("set", "cache:number", 41))).isEqualTo("STORED");
      assertThat(Caches.await(cache.raw("incr", "cache:number", 1))).isEqualTo(42L);
      assertThatThrownBy(() -> Caches.await(cache.raw("nonsense")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("those that are: get key [key ...]");
    }
  }

  @Test
  void driversClientIsToBeHad() throws Exception {
    MemcachedClient client;
    try (CacheManager manager = Caches.manager(server.uri(), "timeout=5s")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");

      client = cache.unwrap(MemcachedClient.class);
      assertThat(client.get("cache:key")).isEqualTo("value");
      assertThat(client.set("cache:other", 0, "x".repeat(100_000)).get()).isTrue();
      assertThat(cache.get("other")).hasSize(100_000);
      assertThat(cache.unwrap(MemcachedClientIF.class)).isSameAs(client);
      assertThatThrownBy(() -> cache.unwrap(Thread.class))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> client.get("cache:key")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void driversClientBuildsNoObjects() {
    MemcachedClient client = binary.unwrap(MemcachedClient.class);
    assertThatThrownBy(() -> client.set("key", 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither text nor a number nor bytes");
    server.command("set object 1 0 4\r\naced");
    assertThatThrownBy(() -> client.get("object"))
        .hasStackTraceContaining("serialized Java object");
    assertThat(client.getTranscoder().encode(7L))
        .extracting(CachedData::getData)
        .satisfies(data -> assertThat(data).isNotEmpty());
  }
}
