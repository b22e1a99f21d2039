package dev.larder.memcached;

import dev.larder.tck.UndecodableContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Undecodable bytes on Memcached. */
class MemcachedUndecodableTest extends UndecodableContract {
  private static final MemcachedSubject SUBJECT = new MemcachedSubject();

  MemcachedUndecodableTest() {
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
