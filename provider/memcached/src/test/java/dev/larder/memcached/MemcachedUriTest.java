package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.tck.servers.MemcachedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs that lead somewhere, and those that do not. */
class MemcachedUriTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memcached:/// | names no host",
        "memcached:here | names no host",
        "memcached://u:canary@localhost | authentication (SASL) is not supported",
        "memcached://localhost/0 | the path '/0' is not allowed",
        "memcached://localhost:0 | the port 0 is not allowed; it is a number from 1 to 65535",
        "memcached://localhost:70000 | the port 70000 is not allowed",
        "memcached://localhost:x | 'localhost:x' is no server",
        "memcached://localhost,,other | '' is no server",
        "memcached://localhost:11211,localhost | names the server 'localhost:11211' twice",
        "memcached://localhost?timout=1s | there is no parameter 'timout'; did you mean 'timeout'? There are connectTimeout, inFlight, namespace,",
        "memcached://localhost?timeout=1 | timeout=1 is not allowed; it is a time from 10ms to 1h, such as 500ms",
        "memcached://localhost?timeout=1s&timeout=2s | 'timeout' is given twice",
        "memcached://localhost?inFlight=0 | inFlight=0 is not allowed; it is a number from 1 to 1000000",
        "memcached://localhost?protocol=udp | protocol=udp is not allowed; it is one of binary, ascii",
        "memcached://localhost?timeout=2s&silence=1s | silence=1000ms is not allowed; it must be at least timeout, which is 2000ms"
      })
  void rows108To110WhatIsWrongIsNamed(URI uri, String message) {
    assertThatThrownBy(() -> Caches.manager(uri))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageContaining(message)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void row109HostsHaveNamesOrAddresses(String host) {
    try (MemcachedServer server = MemcachedServer.start();
        CacheManager manager =
            Caches.manager(URI.create("memcached://" + host + ":" + server.port()))) {
      Caches.cache(manager, String.class).put("key", "value");
      assertThat(server.command("get cache:key")).contains("value");
    }
  }

  @Test
  @DisplayName("23: a host that does not exist is named")
  void unknownHostIsNamed() {
    assertThatThrownBy(() -> Caches.manager(URI.create("memcached://no-such-host.invalid")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("the host 'no-such-host.invalid' is not known");
  }

  @Test
  void deadPortIsNamedAtOnce() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> Caches.manager(URI.create("memcached://127.0.0.1:" + port)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("cannot connect to Memcached at 127.0.0.1:" + port)
        .hasMessageContaining("refused");
  }

  @Test
  void serverThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI uri =
          URI.create(
              "memcached://127.0.0.1:%d?timeout=200ms&connectTimeout=300ms"
                  .formatted(mute.getLocalPort()));
      assertThatThrownBy(() -> Caches.manager(uri))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("cannot connect to Memcached at 127.0.0.1:")
          .hasMessageContaining("it does not answer in the binary protocol");
    }
  }

  @Test
  void serverOfAnotherProtocolIsGivenUp() throws IOException {
    try (ServerSocket http = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                while (true) {
                  try (Socket client = http.accept()) {
                    client
                        .getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      server.setDaemon(true);
      server.start();
      URI uri =
          URI.create(
              "memcached://127.0.0.1:%d?timeout=500ms&connectTimeout=1s"
                  .formatted(http.getLocalPort()));
      assertThatThrownBy(() -> Caches.manager(uri))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("cannot connect to Memcached at 127.0.0.1:")
          .hasMessageContaining("no Memcached with the binary protocol: its first byte is 72");
    }
  }
}
