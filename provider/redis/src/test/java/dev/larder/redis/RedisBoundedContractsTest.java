package dev.larder.redis;

import dev.larder.Eviction;
import dev.larder.tck.BoundedCacheContracts;
import dev.larder.tck.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Contracts of caches with a bound whose order is on one Redis. */
class RedisBoundedContractsTest extends BoundedCacheContracts {
  private static final RedisSubject SUBJECT = new RedisSubject();

  @BeforeAll
  static void start() {
    SUBJECT.start();
  }

  @AfterAll
  static void stop() {
    SUBJECT.stop();
  }

  @Override
  protected Subject subject() {
    return SUBJECT.bounded(Eviction.LFU);
  }
}
