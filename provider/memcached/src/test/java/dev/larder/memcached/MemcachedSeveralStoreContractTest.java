package dev.larder.memcached;

import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.store.RemoteStoreContract;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store's contract, on three servers among which keys are spread. */
final class MemcachedSeveralStoreContractTest extends RemoteStoreContract {
  private static List<MemcachedServer> servers;

  @BeforeAll
  static void start() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
  }

  @AfterAll
  static void stop() {
    servers.forEach(MemcachedServer::close);
  }

  @Override
  protected RemoteStore open() {
    URI uri =
        URI.create(
            "%s,127.0.0.1:%d,127.0.0.1:%d"
                .formatted(servers.get(0).uri(), servers.get(1).port(), servers.get(2).port()));
    return Caches.store(uri, "timeout=10s");
  }
}
