package dev.larder.memcached;

import dev.larder.tck.CacheContracts;
import dev.larder.tck.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All contracts of caches on Memcached, by their asynchronous face. */
class MemcachedAsynchronousTest extends CacheContracts {
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
    return SUBJECT.asynchronous();
  }
}
