package dev.larder.redis;

import dev.larder.spi.RemoteStore;
import dev.larder.tck.servers.RedisCluster;
import dev.larder.tck.store.RemoteStoreContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RedisClusterStoreContractTest extends RemoteStoreContract {
  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  protected RemoteStore open() {
    return new RedisStoreFactory().open(URI.create(cluster.uri() + "?timeout=10s"));
  }
}
