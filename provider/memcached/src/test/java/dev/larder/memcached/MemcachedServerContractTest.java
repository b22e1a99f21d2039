package dev.larder.memcached;

import dev.larder.tck.ServerContract;
import dev.larder.tck.servers.MemcachedServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of asynchronous caches at a server, on Memcached. */
class MemcachedServerContractTest extends ServerContract {
  private static MemcachedServer server;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.command("flush_all");
  }

  @Override
  protected URI uri() {
    return server.uri();
  }

  @Override
  protected void pause() {
    server.pause();
  }

  @Override
  protected void resume() {
    server.resume();
  }
}
