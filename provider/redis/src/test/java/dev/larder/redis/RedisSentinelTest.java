package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.BackendException;
import dev.larder.tck.servers.RedisSentinel;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

/** A manager that asks sentinels where the primary is. */
class RedisSentinelTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void writesGoToThePrimaryAndGoOnAfterAFailover() {
    try (RedisSentinel group = RedisSentinel.start();
        CacheManager manager = Managers.open(group.uri())) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      cache.put("before", "v");
      assertThat(group.primary().command("GET", "c:before")).isEqualTo("v");
      awaitReplicated(group);

      group.failover();

      putSoon(cache, "after");
      assertThat(group.primary().command("GET", "c:after")).isEqualTo("v");
      assertThat(cache.get("before")).isEqualTo("v");
      assertThat(cache.replace("before", "v", "w")).isTrue();
    }
  }

  private static void awaitReplicated(RedisSentinel group) {
    while (group.replica().command("GET", "c:before") == null) {
      Thread.onSpinWait();
    }
  }

  private static void putSoon(Cache<String, String> cache, String key) {
    long start = System.nanoTime();
    while (true) {
      try {
        cache.put(key, "v");
        return;
      } catch (BackendException e) {
        if (System.nanoTime() - start > SOON.toNanos()) {
          throw e;
        }
      }
    }
  }
}
