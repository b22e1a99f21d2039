package dev.larder.redis;

import dev.larder.tck.CacheContracts;
import dev.larder.tck.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All contracts of caches on Redis. */
class RedisCacheContractsTest extends CacheContracts {
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
    return SUBJECT;
  }
}
