package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.BackendException;
import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisSentinel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  @Test
  void aBoundHoldsAcrossAFailover() {
    try (RedisSentinel group = RedisSentinel.start();
        CacheManager manager = Managers.open(group.uri())) {
      Cache<String, String> cache =
          manager.createCache(
              "b",
              LarderConfiguration.builder(String.class, String.class)
                  .maxEntries(10)
                  .evictionPolicy(Eviction.LFU)
                  .build());
      for (int i = 0; i < 30; i++) {
        cache.put("old" + i, "v");
      }
      Managers.strings(manager, "c").put("before", "v");
      awaitReplicated(group);

      group.failover();

      assertThat(members(group)).isEqualTo(entries(group)).hasSize(10).contains("old29");
      putSoon(cache, "after");
      for (int i = 0; i < 10; i++) {
        cache.put("new" + i, "v");
        assertThat(members(group)).isEqualTo(entries(group)).hasSize(10);
      }
    }
  }

  /** Returns the members of the order on the primary that stand for entries. */
  private static Set<String> members(RedisSentinel group) {
    Set<String> members = new TreeSet<>();
    ((List<?>) group.primary().command("ZRANGEBYSCORE", "b:~@", "0", "+inf"))
        .forEach(member -> members.add(String.valueOf(member)));
    return members;
  }

  private static Set<String> entries(RedisSentinel group) {
    Set<String> entries = new TreeSet<>();
    ((List<?>) group.primary().command("KEYS", "b:[^~]*"))
        .forEach(key -> entries.add(String.valueOf(key).substring(2)));
    return entries;
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
