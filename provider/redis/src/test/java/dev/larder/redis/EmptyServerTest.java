package dev.larder.redis;

import dev.larder.tck.servers.RedisServer;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that look at a server of their own, which each finds empty; they run one by one. */
abstract class EmptyServerTest {
  static RedisServer server;
  CacheManager manager;

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
    manager = Managers.open(server.uri());
  }

  @AfterEach
  void close() {
    manager.close();
  }
}
