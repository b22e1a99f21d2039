package dev.larder.memcached;

import dev.larder.tck.CommandContracts;
import dev.larder.tck.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contracts of asynchronous caches, on a server of their own. */
class MemcachedCommandsTest extends CommandContracts {
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
    return SUBJECT;
  }
}
