package dev.larder.memcached;

import dev.larder.Eviction;
import dev.larder.tck.BoundedCacheContracts;
import dev.larder.tck.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Contracts of caches with a bound whose order this client keeps. */
class MemcachedBoundedContractsTest extends BoundedCacheContracts {
  private static final MemcachedSubject SUBJECT = new MemcachedSubject();

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
    return SUBJECT.bounded(Eviction.TINY_LFU);
  }
}
