package dev.larder.redis.faults;

import static dev.larder.redis.faults.Caches.await;
import static dev.larder.redis.faults.Caches.awaitSuccess;
import static dev.larder.redis.faults.Caches.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.FaultyProxy;
import dev.larder.tck.servers.Load;
import dev.larder.tck.servers.RedisCluster;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What happens to a bounded cache while several clients write into it, and it evicts all the time:
 * afterwards it is within its bound, and its order has the entries that are there and no others.
 */
@Timeout(60)
class BoundFaultsTest {
  private static final int BOUND = 40;
  private static final String ORDER = "cache:~@";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private Cache<String, String> client(URI uri, String parameters, Eviction policy, long bound) {
    String name = "&clientName=client-" + open.size(); // so that it is not the manager of before
    CacheManager manager = closing(Caches.manager(uri, parameters + name));
    return manager.createCache(
        "cache",
        LarderConfiguration.builder(String.class, String.class)
            .maxEntries(bound)
            .evictionPolicy(policy)
            .build());
  }

  /** Starts two clients that write, each with two threads. */
  private List<Load> writers(URI uri, String parameters, Eviction policy) {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Cache<String, String> cache = client(uri, parameters, policy, BOUND);
      loads.add(closing(new Load(2, () -> change(cache))));
    }
    loads.forEach(load -> await("load", () -> load.acknowledged() > 200));
    return loads;
  }

  private static void change(Cache<String, String> cache) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String key = "key" + random.nextInt(10 * BOUND);
    switch (random.nextInt(8)) {
      case 0 -> cache.get(key);
      case 1 -> cache.remove(key);
      case 2 -> cache.putAll(Map.of(key, "v", key + "'", "v"));
      case 3 ->
          cache.invoke(
              key,
              (entry, arguments) -> {
                entry.setValue("v");
                return null;
              });
      default -> cache.put(key, "v");
    }
  }

  private static void awaitMore(List<Load> loads) {
    for (Load load : loads) {
      long acknowledged = load.acknowledged();
      await("load", () -> load.acknowledged() > acknowledged + 100);
    }
  }

  /** Ends the load, and writes as much as heals what can be healed. */
  private void assertHealed(List<Load> loads, RedisServer server, Eviction policy) {
    awaitMore(loads);
    loads.forEach(Load::close);
    Cache<String, String> cache = client(server.uri(), "timeout=5s", policy, BOUND);
    for (int i = 0; i < 5 * BOUND; i++) {
      cache.put("new" + i, "v");
    }
    await("an order of what is there", () -> entries(server).equals(order(server)));
    assertThat(entries(server)).hasSize(BOUND);
  }

  private static Set<String> entries(RedisServer server) {
    Set<String> keys = new TreeSet<>();
    for (Object key : (List<?>) server.command("KEYS", "cache:*")) {
      keys.add(String.valueOf(key).substring("cache:".length()));
    }
    keys.remove("~@");
    return keys;
  }

  private static Set<String> order(RedisServer server) {
    Set<String> members = new TreeSet<>();
    ((List<?>) server.command("ZRANGEBYSCORE", ORDER, "0", "+inf"))
        .forEach(member -> members.add(String.valueOf(member)));
    return members;
  }

  // ---- the server -----------------------------------------------------------------------------

  @Test
  void killedAndRestarted() {
    RedisServer server = closing(RedisServer.start("appendonly yes"));
    List<Load> loads = writers(server.uri(), "timeout=1s", Eviction.LFU);
    server.kill9();
    loads.forEach(load -> await("refusals", () -> load.refused() > 10));
    server.restart();
    assertThat(order(server)).as("what was saved").isEqualTo(entries(server)).isNotEmpty();
    assertHealed(loads, server, Eviction.LFU);
  }

  @Test
  void stopped() {
    RedisServer server = closing(RedisServer.start());
    List<Load> loads = writers(server.uri(), "timeout=200ms", Eviction.LRU);
    server.pause();
    loads.forEach(load -> await("timeouts", () -> load.unknown() >= 2));
    server.resume();
    assertHealed(loads, server, Eviction.LRU);
  }

  @Test
  void connectionsCutAndAnswersLost() {
    RedisServer server = closing(RedisServer.start());
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    List<Load> loads = writers(proxy.uri(), "timeout=300ms&reconnectPause=20ms", Eviction.LRU);
    for (int i = 0; i < 10; i++) {
      proxy.cut();
      awaitMore(loads);
    }
    proxy.dropReplies();
    loads.forEach(load -> await("timeouts", () -> load.unknown() >= 2));
    proxy.cut();
    assertHealed(loads, server, Eviction.LRU);
  }

  // ---- what others do -------------------------------------------------------------------------

  @Test
  void whateverOthersDeleteOrFlush() {
    RedisServer server = closing(RedisServer.start());
    List<Load> loads = writers(server.uri(), "timeout=5s", Eviction.LFU);
    for (int i = 0; i < 5; i++) {
      server.command("SCRIPT", "FLUSH");
      entries(server).stream().limit(10).forEach(key -> server.command("DEL", "cache:" + key));
      awaitMore(loads);
      server.command("DEL", ORDER);
      awaitMore(loads);
      entries(server).stream()
          .limit(10)
          .forEach(key -> server.command("PEXPIRE", "cache:" + key, "1"));
      awaitMore(loads);
      server.command("FLUSHALL");
      awaitMore(loads);
    }
    assertThat(loads).allSatisfy(load -> assertThat(load.failures()).isEmpty());
    assertHealed(loads, server, Eviction.LFU);
  }

  @Test
  void memoryThatIsFull() {
    RedisServer server = closing(RedisServer.start());
    List<Load> loads = writers(server.uri(), "timeout=5s", Eviction.LRU);
    server.command("CONFIG", "SET", "maxmemory", "1");
    loads.forEach(load -> await("refusals", () -> load.refused() > 10));
    assertThat(loads.get(0).failures().keySet())
        .allSatisfy(message -> assertThat(message).contains("its memory is full"));
    assertThat(loads.get(0).unknown()).isZero();
    server.command("CONFIG", "SET", "maxmemory", "0");
    assertHealed(loads, server, Eviction.LRU);
  }

  @Test
  void anOrderThatTheServerEvicts() {
    RedisServer server = closing(RedisServer.start("maxmemory-policy allkeys-random"));
    List<Load> loads = writers(server.uri(), "timeout=5s", Eviction.LRU);
    for (int i = 0; i < 5; i++) {
      long used = Long.parseLong(memory(server));
      server.command("CONFIG", "SET", "maxmemory", Long.toString(used / 2));
      await("the order's eviction", () -> server.command("EXISTS", ORDER).equals(0L));
      server.command("CONFIG", "SET", "maxmemory", "0");
      awaitMore(loads);
    }
    assertHealed(loads, server, Eviction.LRU);
  }

  private static String memory(RedisServer server) {
    return String.valueOf(server.command("INFO", "memory"))
        .replaceAll("(?s).*used_memory:(\\d+).*", "$1");
  }

  @Test
  void aForeignKeyInPlaceOfTheOrder() {
    RedisServer server = closing(RedisServer.start());
    Cache<String, String> cache = client(server.uri(), "timeout=5s", Eviction.LRU, BOUND);
    cache.put("key", "value");
    server.command("SET", ORDER, "something else");
    assertThat(failureOf(() -> cache.put("key", "other")))
        .hasMessageContaining("another application keeps something under a key of this cache");
    assertThat(cache.get("key")).isEqualTo("value");
    server.command("DEL", ORDER);
    assertHealed(List.of(), server, Eviction.LRU);
  }

  // ---- clients that do not agree --------------------------------------------------------------

  @Test
  void whatWasSetLastCountsThoughOthersGoOnWriting() {
    RedisServer server = closing(RedisServer.start());
    Cache<String, String> first = client(server.uri(), "timeout=5s", Eviction.LRU, 3 * BOUND);
    Load load = closing(new Load(2, () -> change(first)));
    await("load", () -> load.acknowledged() > 500);
    Cache<String, String> second = client(server.uri(), "timeout=5s", Eviction.FIFO, BOUND);
    Load other = closing(new Load(2, () -> change(second)));

    for (int i = 0; i < 20; i++) {
      awaitMore(List.of(load, other));
      assertThat(order(server)).hasSizeLessThanOrEqualTo(BOUND);
    }
    // Both know by now what counts, so it is that which stands on a server that was emptied.
    server.command("FLUSHALL");
    awaitMore(List.of(load, other));
    assertThat(server.command("ZSCORE", ORDER, "~@bound")).isEqualTo("-" + BOUND);
    assertHealed(List.of(load, other), server, Eviction.FIFO);
  }

  // ---- a cluster ------------------------------------------------------------------------------

  private static Set<String> entries(RedisCluster cluster) {
    Set<String> keys = new TreeSet<>();
    cluster.nodes().forEach(node -> keys.addAll(entries(node)));
    return keys;
  }

  @Test
  void clusters() {
    RedisCluster cluster = closing(RedisCluster.start());
    RedisServer home = cluster.nodeOf(ORDER);
    List<Load> loads = writers(cluster.uri(), "timeout=1s&reconnectPause=50ms", Eviction.LRU);

    home.command("DEL", ORDER);
    awaitMore(loads);
    home.kill9();
    home.restart();
    await("all slots", () -> String.valueOf(home.command("CLUSTER", "INFO")).contains("state:ok"));
    awaitMore(loads);
    loads.forEach(Load::close);
    Cache<String, String> cache = client(cluster.uri(), "timeout=5s", Eviction.LFU, BOUND);
    assertClusterHeals(cache, cluster, home);

    home.command("RENAME", ORDER, "{" + ORDER + "}");
    home.command("SET", ORDER, "something else");
    for (int i = 0; i < BOUND; i++) {
      cache.put("unbounded" + i, "v");
    }
    assertThat(entries(cluster)).hasSize(2 * BOUND);
    home.command("RENAME", "{" + ORDER + "}", ORDER);
    cache.put("bounded", "v");
    await("the bound", () -> entries(cluster).size() == BOUND);

    for (String key : entries(cluster)) {
      for (int i = 0; i < 10; i++) {
        assertThat(cache.get(key)).isEqualTo("v");
      }
    }
    List<String> often = List.copyOf(entries(cluster)).subList(0, BOUND / 2);
    often.forEach(key -> cluster.nodeOf("cache:" + key).command("DEL", "cache:" + key));
    assertClusterHeals(cache, cluster, home);
  }

  private static void assertClusterHeals(
      Cache<String, String> cache, RedisCluster cluster, RedisServer home) {
    await(
        "an order of what is there",
        () -> {
          awaitSuccess(() -> cache.put("new" + ThreadLocalRandom.current().nextInt(10_000), "v"));
          Set<String> entries = entries(cluster);
          return entries.size() == BOUND && entries.equals(order(home));
        });
  }
}
