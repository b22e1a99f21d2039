package dev.larder.memcached;

import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.store.RemoteStoreContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class MemcachedStoreContractTest extends RemoteStoreContract {
  private static MemcachedServer server;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected RemoteStore open() {
    return new MemcachedStoreFactory().open(URI.create(server.uri() + "?timeout=10s"));
  }
}
