package dev.larder.redis;

import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.RedisServer;
import dev.larder.tck.store.RemoteStoreContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RedisStoreContractTest extends RemoteStoreContract {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected RemoteStore open() {
    return new RedisStoreFactory().open(URI.create(server.uri() + "?timeout=10s"));
  }
}
