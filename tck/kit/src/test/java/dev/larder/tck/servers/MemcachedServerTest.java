package dev.larder.tck.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class MemcachedServerTest {
  @Test
  void answersCommandsAsSoonAsItIsStarted() {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertThat(server.command("set key 0 0 9\r\nvaleur é")).isEqualTo("STORED");
      assertThat(server.command("get key")).isEqualTo("VALUE key 0 9\r\nvaleur é\r\nEND");
      assertThat(server.command("mg key v f")).isEqualTo("VA 9 f0\r\nvaleur é");
      assertThat(server.command("get none")).isEqualTo("END");
      assertThat(server.command("nonsense")).isEqualTo("ERROR");
      assertThat(server.command("lru_crawler metadump hash"))
          .startsWith("key=key exp=-1 ")
          .endsWith("\r\nEND");
      assertThat(server.stats()).containsEntry("curr_items", "1");
      assertThat(server.uri()).hasToString("memcached://127.0.0.1:" + server.port());
    }
  }

  @Test
  void tellsWhyItDoesNotStart() {
    assertThatThrownBy(() -> MemcachedServer.start("--nonsense"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void startsAgainOnItsPortAfterItWasKilled() {
    try (MemcachedServer server = MemcachedServer.start()) {
      server.command("set key 0 0 1\r\n1");
      server.kill9();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(() -> server.command("version")).isInstanceOf(UncheckedIOException.class);
      server.restart();
      assertThat(server.command("get key")).isEqualTo("END");
    }
  }

  @Test
  void isThereButSilentWhilePaused() {
    try (MemcachedServer server = MemcachedServer.start()) {
      server.pause();
      assertThat(server.isRunning()).isTrue();
      server.resume();
      assertThat(server.command("version")).startsWith("VERSION ");
    }
  }

  @Test
  void takesOptions() {
    try (MemcachedServer server = MemcachedServer.start("-m", "32", "-vv")) {
      assertThat(server.stats()).containsEntry("limit_maxbytes", "33554432");
      server.command("get key");
      assertThat(server.log()).contains("get key");
    }
  }
}
