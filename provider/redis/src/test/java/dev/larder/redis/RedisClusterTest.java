package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.servers.RedisCluster;
import dev.larder.tck.servers.RedisServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All operations on a cluster of three masters, over which one cache spreads. */
class RedisClusterTest {
  private static final int MANY = 10_000;
  private static final List<String> NAMES = List.of("a", "ab", "a*", "a?", "[a]", "a:b", "%", "\\");

  private static RedisCluster cluster;
  private static CacheManager manager;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
    manager = Managers.open(cluster.uri());
  }

  @AfterAll
  static void stop() {
    manager.close();
    cluster.close();
  }

  @BeforeEach
  void empty() {
    manager.getCacheNames().forEach(manager::destroyCache);
    cluster.nodes().forEach(node -> node.command("FLUSHALL"));
  }

  @Test
  void singleOperationsFindTheirServer() {
    Cache<String, String> cache =
        Managers.strings(manager, "c", CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    for (int i = 0; i < 30; i++) {
      String key = "key" + i;
      cache.put(key, "1");
      assertThat(cluster.nodeOf("c:" + key).command("GET", "c:" + key)).isEqualTo("1");
      assertThat(cache.get(key)).isEqualTo("1");
      assertThat(cache.containsKey(key)).isTrue();
      assertThat(cache.putIfAbsent(key, "2")).isFalse();
      assertThat(cache.getAndPut(key, "2")).isEqualTo("1");
      assertThat(cache.replace(key, "3")).isTrue();
      assertThat(cache.getAndReplace(key, "4")).isEqualTo("3");
      assertThat(cache.replace(key, "4", "5")).isTrue();
      assertThat(cache.replace(key, "4", "6")).isFalse();
      String seen = cache.invoke(key, (entry, arguments) -> entry.getValue());
      assertThat(seen).isEqualTo("5");
      assertThat(cache.remove(key, "4")).isFalse();
      assertThat(cache.remove(key, "5")).isTrue();
      assertThat(cache.getAndPut(key, "6")).isNull();
      assertThat(cache.getAndRemove(key)).isEqualTo("6");
      assertThat(cache.remove(key)).isFalse();
    }
  }

  @Test
  void manyEntriesSpreadOverAllServers() {
    Cache<String, String> cache = Managers.strings(manager, "c");
    Map<String, String> entries = entries();

    cache.putAll(entries);
    assertThat(cluster.nodes()).allSatisfy(node -> assertThat(size(node)).isGreaterThan(MANY / 4));
    assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
    assertThat(iterated(cache)).isEqualTo(entries);

    Set<String> half = new HashSet<>(List.copyOf(entries.keySet()).subList(0, MANY / 2));
    cache.removeAll(half);
    assertThat(size()).isEqualTo(MANY / 2);
    assertThat(cache.getAll(half)).isEmpty();

    cache.removeAll();
    assertThat(size()).isZero();

    cache.putAll(entries);
    cache.clear();
    assertThat(size()).isZero();
  }

  @Test
  void manyEntriesAreTouchedBySeeingThem() {
    Cache<String, String> cache =
        Managers.strings(manager, "c", TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    Map<String, String> entries = entries();

    cache.putAll(entries);
    assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
    cache.removeAll();
    assertThat(size()).isZero();
  }

  @Test
  void manyEntriesAreChangedThoughSomebodyListens() {
    MutableConfiguration<String, String> configuration =
        new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    configuration.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            FactoryBuilder.factoryOf(Counting.class), null, false, true));
    Cache<String, String> cache = manager.createCache("c", configuration);
    Counting.count = 0;

    cache.putAll(entries());
    assertThat(size()).isEqualTo(MANY);
    cache.removeAll();
    assertThat(size()).isZero();
    assertThat(Counting.count).isEqualTo(MANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear", "removeAll", "destroy"})
  void rows83And84EmptyingACacheTouchesNoOther(String how) {
    for (String name : NAMES) {
      for (int i = 0; i < 20; i++) {
        cacheNamed(name).put("key" + i, name);
      }
    }
    int left = NAMES.size();
    for (String name : NAMES) {
      switch (how) {
        case "clear" -> cacheNamed(name).clear();
        case "removeAll" -> cacheNamed(name).removeAll();
        default -> manager.destroyCache(name);
      }
      left--;
      assertThat(size()).as("after emptying '%s'", name).isEqualTo(20L * left);
      assertThat(iterated(cacheNamed(name))).isEmpty();
      for (String other : NAMES.subList(NAMES.size() - left, NAMES.size())) {
        assertThat(iterated(cacheNamed(other))).hasSize(20).containsValue(other);
      }
    }
  }

  private static Cache<String, String> cacheNamed(String name) {
    Cache<String, String> cache = manager.getCache(name, String.class, String.class);
    return cache == null ? Managers.strings(manager, name) : cache;
  }

  private static Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      entries.put("key" + i, "value" + i);
    }
    return entries;
  }

  private static Map<String, String> iterated(Cache<String, String> cache) {
    Map<String, String> entries = new HashMap<>();
    cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private static long size() {
    return cluster.nodes().stream().mapToLong(RedisClusterTest::size).sum();
  }

  private static long size(RedisServer node) {
    return (Long) node.command("DBSIZE");
  }

  /** Counts what was removed; called by one thread. */
  public static final class Counting implements CacheEntryRemovedListener<String, String> {
    private static int count;

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> count++);
    }
  }
}
