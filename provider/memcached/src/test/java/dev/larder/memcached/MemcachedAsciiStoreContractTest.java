package dev.larder.memcached;

import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.store.RemoteStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract, over the text protocol. */
final class MemcachedAsciiStoreContractTest extends RemoteStoreContract {
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
    return Caches.store(server.uri(), "timeout=10s&protocol=ascii");
  }
}
