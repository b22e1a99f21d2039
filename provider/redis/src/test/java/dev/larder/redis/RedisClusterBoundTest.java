package dev.larder.redis;

import dev.larder.tck.RemoteBoundContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Bounded caches on a cluster, whose entries are on three servers. */
class RedisClusterBoundTest extends RemoteBoundContract {
  private static final RedisSubject SUBJECT = new RedisSubject();

  RedisClusterBoundTest() {
    super(SUBJECT);
  }

  @BeforeAll
  static void start() {
    SUBJECT.startCluster();
  }

  @AfterAll
  static void stop() {
    SUBJECT.stop();
  }
}
