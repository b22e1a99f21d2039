package dev.larder.redis;

import dev.larder.tck.UndecodableContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Undecodable bytes on Redis. */
class RedisUndecodableTest extends UndecodableContract {
  private static final RedisSubject SUBJECT = new RedisSubject();

  RedisUndecodableTest() {
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
