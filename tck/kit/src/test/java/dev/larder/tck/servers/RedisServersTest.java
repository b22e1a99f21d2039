package dev.larder.tck.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisServersTest {
  @Test
  void answersCommandsAsSoonAsItIsStarted() {
    try (RedisServer server = RedisServer.start()) {
      assertThat(server.command("SET", "key", "valeur é")).isEqualTo("OK");
      assertThat(server.command("GET", "key")).isEqualTo("valeur é");
      assertThat(server.bytes("GET", "key")).hasSize(9);
      assertThat(server.command("GET", "none")).isNull();
      assertThat(server.command("DEL", "key")).isEqualTo(1L);
      assertThat(server.command("KEYS", "*")).isEqualTo(List.of());
      assertThat(server.uri()).hasToString("redis://127.0.0.1:" + server.port());
    }
  }

  @Test
  void tellsItsErrors() {
    try (RedisServer server = RedisServer.start("requirepass secret")) {
      assertThatThrownBy(() -> server.command("NONSENSE"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("NONSENSE");
      assertThat(server.command("PING")).isEqualTo("PONG");
    }
    assertThatThrownBy(() -> RedisServer.start("nonsense yes"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void startsAgainOnItsPortAfterItWasKilled() {
    try (RedisServer server = RedisServer.start()) {
      server.command("SET", "key", "value");
      server.kill9();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(() -> server.command("PING")).isInstanceOf(UncheckedIOException.class);
      server.restart();
      assertThat(server.command("GET", "key")).isNull();
    }
  }

  @Test
  void isThereButSilentWhilePaused() {
    try (RedisServer server = RedisServer.start()) {
      server.pause();
      assertThat(server.isRunning()).isTrue();
      server.resume();
      assertThat(server.command("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void tellsTheCommandsThatItExecutes() {
    try (RedisServer server = RedisServer.start();
        RedisMonitor monitor = server.monitor()) {
      server.command("SET", "key", "a \"value\"");
      server.command("EVAL", "return redis.call('GET', KEYS[1])", "1", "key");
      assertThat(monitor.commands())
          .extracting(command -> command.words().get(0) + " " + command.byScript())
          .containsExactly("SET false", "EVAL false", "GET true");
      assertThat(monitor.commands()).isEmpty();
    }
  }

  @Test
  void leavesNothingBehind() {
    RedisServer server = RedisServer.start();
    server.pause();
    server.close();
    server.close();
    assertThat(server.isRunning()).isFalse();
    assertThat(server.directory()).doesNotExist();
  }

  @Test
  void clusterServesAllSlots() {
    try (RedisCluster cluster = RedisCluster.start()) {
      for (int i = 0; i < 100; i++) {
        String key = "key" + i;
        assertThat(cluster.nodeOf(key).command("SET", key, "value")).isEqualTo("OK");
      }
      assertThat(cluster.nodes())
          .allSatisfy(node -> assertThat(node.command("DBSIZE")).isNotEqualTo(0L));
    }
  }

  @Test
  void sentinelReplacesThePrimary() {
    try (RedisSentinel group = RedisSentinel.start()) {
      RedisServer before = group.primary();
      group.failover();
      assertThat(group.primary()).isNotSameAs(before);
      assertThat(group.primary().command("SET", "key", "value")).isEqualTo("OK");
    }
  }
}
