package dev.larder.redis;

import dev.larder.tck.RemoteBoundContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Bounded caches on one Redis. */
class RedisBoundTest extends RemoteBoundContract {
  private static final RedisSubject SUBJECT = new RedisSubject();

  RedisBoundTest() {
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
