package dev.larder.memcached;

import dev.larder.tck.RemoteBoundContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Bounded caches on Memcached, whose order each client keeps. */
class MemcachedBoundTest extends RemoteBoundContract {
  private static final MemcachedSubject SUBJECT = new MemcachedSubject();

  MemcachedBoundTest() {
    super(SUBJECT);
  }

  @BeforeAll
  static void start() {
    SUBJECT.start();
  }

  @AfterAll
  static void stop() {
    SUBJECT.stop();
  }
}
