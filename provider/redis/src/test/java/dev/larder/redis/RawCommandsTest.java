package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawCommandsTest {
  private static RedisServer server;
  private static RemoteStore store;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    store = new RedisStoreFactory().open(server.uri());
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  private static Object raw(String command, String... arguments) {
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

  @Test
  void repliesOfAllKinds() {
    assertThat(raw("SET", "text", "value")).isEqualTo("OK");
    assertThat(raw("get", "text")).isEqualTo("value");
    assertThat(raw("get", "nothing")).isNull();
    assertThat(raw("incrby", "number", "3")).isEqualTo(3L);
    assertThat(raw("rpush", "list", "a", "b")).isEqualTo(2L);
    assertThat(raw("lrange", "list", "0", "-1")).isEqualTo(List.of("a", "b"));
    assertThat(raw("lrange", "list", "5", "9")).isEqualTo(List.of());
    assertThat(raw("lrange", "list", "0", "0")).isEqualTo(List.of("a"));
    assertThat(raw("ping")).isEqualTo("PONG");
    assertThat(raw("scan", "0", "match", "lis*", "count", "1000"))
        .isEqualTo(List.of("0", List.of("list")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get key", "get\r\nflushall", "1", "multi", "SUBSCRIBE", "blpop"})
  void whatIsNoCommandForASharedConnectionIsRefused(String command) {
    assertThatThrownBy(() -> raw(command, "key"))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void serversErrorIsTold() {
    assertThatThrownBy(() -> raw("notacommand", "x"))
        .hasCauseInstanceOf(BackendException.class)
        .hasMessageContaining("unknown command");
    assertThatThrownBy(() -> raw("get"))
        .hasCauseInstanceOf(BackendException.class)
        .hasMessageContaining("wrong number of arguments");
  }

  @Test
  void driversObjectsAreToBeHad() {
    CacheManager manager = Managers.open(server.uri());
    Cache<String, String> cache = Managers.strings(manager, "users");
    cache.put("key", "value");

    StatefulRedisConnection<?, ?> connection = cache.unwrap(StatefulRedisConnection.class);
    assertThat(connection.sync().ping()).isEqualTo("PONG");
    assertThat(cache.unwrap(RedisClient.class)).isNotNull();
    assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
    assertThatThrownBy(() -> cache.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    manager.close();
  }
}
