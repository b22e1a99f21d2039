package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.Eviction;
import dev.larder.EvictionControl;
import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a bounded cache, as it stands on the server. */
@Timeout(60)
class OrderTest extends EmptyServerTest {
  private static final String ORDER = "c:~@";

  private static Cache<String, String> bounded(CacheManager manager, Eviction policy, long bound) {
    return manager.createCache(
        "c",
        LarderConfiguration.builder(String.class, String.class)
            .maxEntries(bound)
            .evictionPolicy(policy)
            .statisticsEnabled(true)
            .build());
  }

  private static void put(Cache<String, String> cache, String... keys) {
    for (String key : keys) {
      cache.put(key, "v");
    }
  }

  /** Returns the members of the order that are entries, the next victim first. */
  private static List<String> order() {
    List<String> members = new ArrayList<>();
    ((List<?>) server.command("ZRANGEBYSCORE", ORDER, "0", "+inf"))
        .forEach(member -> members.add(String.valueOf(member)));
    return members;
  }

  private static Set<String> keysOnServer() {
    Set<String> keys = new TreeSet<>();
    ((List<?>) server.command("KEYS", "*")).forEach(key -> keys.add(String.valueOf(key)));
    return keys;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  // ---- its key --------------------------------------------------------------------------------

  @Test
  void theOrderIsOneKeyThatGoesWithTheCache() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 10);
    put(cache, "a", "b");
    assertThat(cache.get("a")).isEqualTo("v");
    assertThat(keysOnServer()).containsExactly("c:a", "c:b", ORDER);

    manager.destroyCache("c");
    assertThat(keysOnServer()).isEmpty();
  }

  @Test
  void tickerIsRefusedUnlessTheClientKeepsTheOrder() {
    LarderConfiguration<String, String> onServer =
        LarderConfiguration.builder(String.class, String.class)
            .maxEntries(5)
            .evictionPolicy(Eviction.LRU)
            .ticker(() -> 0)
            .build();

    assertThatThrownBy(() -> manager.createCache("c", onServer))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("ticker");
    assertThat(keysOnServer()).isEmpty();
    Cache<String, String> inClient =
        manager.createCache("c", onServer.toBuilder().evictionPolicy(Eviction.SIEVE).build());
    put(inClient, "a");
    assertThat(inClient.get("a")).isEqualTo("v");
  }

  /** Orders as this release writes them; later releases must go on with them. */
  @ParameterizedTest
  @CsvSource({
    "LRU, ~@bound=-3 ~@base=-1 ~@policy=-1 ~@scan=-1 ~@tick=-1 b=2 c=3 a=4",
    "LFU, ~@tick=-5 ~@bound=-3 ~@policy=-2 ~@base=-1 ~@scan=-1 b=4294967299 c=4294967300 a=8589934597",
    "FIFO, ~@bound=-3 ~@policy=-3 ~@base=-1 ~@scan=-1 ~@tick=-1 a=1 b=2 c=3"
  })
  void row117OrderIsStoredAsEver(Eviction policy, String golden) {
    Cache<String, String> cache = bounded(manager, policy, 3);
    put(cache, "a", "b", "c", "a");
    cache.close();

    await(() -> withScores().contains("~@scan=-1 ")); // until then old entries are looked for
    assertThat(withScores()).isEqualTo(golden);
    server.command("DEL", ORDER);
    String[] members = golden.split(" ", -1);
    for (String member : members) {
      String[] parts = member.split("=", -1);
      server.command("ZADD", ORDER, parts[1], parts[0]);
    }
    put(bounded(manager, policy, 3), "d");
    assertThat(keysOnServer()).doesNotContain(policy == Eviction.FIFO ? "c:a" : "c:b").hasSize(4);
  }

  private static String withScores() {
    List<?> members = (List<?>) server.command("ZRANGE", ORDER, "0", "-1", "WITHSCORES");
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < members.size(); i += 2) {
      shown.add(members.get(i) + "=" + members.get(i + 1));
    }
    return String.join(" ", shown);
  }

  @Test
  void theOrderIsNoEntryForClientsWithoutBound() {
    put(bounded(manager, Eviction.LRU, 10), "a");
    try (CacheManager other = Managers.open(server.uri())) {
      Cache<String, String> unbounded = Managers.strings(other, "c");
      List<String> seen = new ArrayList<>();
      unbounded.forEach(entry -> seen.add(entry.getKey()));
      assertThat(seen).containsExactly("a");
      unbounded.removeAll();
      assertThat(unbounded.iterator()).isExhausted();
    }
  }

  @Test
  void aKeyThatLooksLikeTheOrderIsAnotherOne() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 3);
    put(cache, "~@", "~@bound", "x", "~@policy");
    assertThat(cache.get("~@bound")).isEqualTo("v");
    assertThat(cache.get("~@")).isNull();
    assertThat(order()).containsExactly("~S~@bound", "x", "~S~@policy");
  }

  @Test
  void cachesDoNotEvictFromOneAnother() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 2);
    Cache<String, String> longer =
        manager.createCache(
            "c:~@", LarderConfiguration.builder(String.class, String.class).maxEntries(2).build());
    put(longer, "x", "y");
    put(cache, "a", "b", "c");
    longer.put("z", "v");
    assertThat(cache.containsKey("c")).isTrue();
    assertThat(longer.containsKey("y")).isTrue();
    cache.clear();
    assertThat(longer.containsKey("z")).isTrue();
  }

  // ---- what reads do --------------------------------------------------------------------------

  @Test
  void readsSendNothingMoreAndAreToldWithTheNextWrite() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 10);
    put(cache, "a", "b");
    try (RedisMonitor monitor = server.monitor()) {
      assertThat(CommandCount.of(server, monitor, () -> cache.get("a"))).isEqualTo("GET");
      assertThat(CommandCount.of(server, monitor, () -> cache.put("c", "v"))).isEqualTo("EVALSHA");
    }
    assertThat(order()).containsExactly("b", "a", "c");
  }

  @Test
  void readsAreToldAfterAWhile() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 10);
    put(cache, "a", "b");
    assertThat(cache.get("a")).isEqualTo("v");
    await(() -> order().equals(List.of("b", "a")));
  }

  @Test
  void readsAreToldWhenTheCacheIsClosed() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 10);
    put(cache, "a", "b");
    assertThat(cache.get("a")).isEqualTo("v");
    cache.close();
    await(() -> order().equals(List.of("b", "a")));
  }

  @Test
  void readsUnderFifoAreNotToldAtAll() {
    Cache<String, String> cache = bounded(manager, Eviction.FIFO, 500);
    IntStream.range(0, 300).forEach(i -> cache.put("k" + i, "v"));
    server.command("CONFIG", "RESETSTAT");
    IntStream.range(0, 300).forEach(i -> cache.get("k" + i));
    assertThat(String.valueOf(server.command("INFO", "commandstats"))).doesNotContain("evalsha");
  }

  @Test
  void manyReadsAreToldTogether() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 500);
    IntStream.range(0, 300).forEach(i -> cache.put("k" + i, "v"));
    assertThat(cache.get("k0")).isEqualTo("v");
    Set<String> keys = new TreeSet<>();
    IntStream.range(1, 300).forEach(i -> keys.add("k" + i));
    assertThat(cache.getAll(keys)).hasSize(299);
    await(() -> order().get(0).equals("k0"));
  }

  @Test
  void aHundredReadsAreToldByOneScriptAndAWriteThatEvictsIsOneToo() {
    server.command("SCRIPT", "FLUSH");
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 100);
    Set<String> keys = new TreeSet<>();
    IntStream.range(0, 100).forEach(i -> keys.add("k" + i));
    keys.forEach(key -> cache.put(key, "v"));
    for (String sent : List.of("eval", "evalsha")) { // the second time the server knows the script
      server.command("CONFIG", "RESETSTAT");
      assertThat(cache.getAll(keys)).hasSize(100);
      await(() -> CommandCount.statistics(server).containsKey(sent));
    }
    assertThat(CommandCount.statistics(server))
        .containsEntry("mget", 1L)
        .containsEntry("evalsha", 1L);
    try (RedisMonitor monitor = server.monitor()) {
      Runnable write = () -> cache.put("one more", "v");
      assertThat(CommandCount.of(server, monitor, write)).isEqualTo("EVALSHA");
    }
    assertThat(order()).hasSize(100).contains("one more");
  }

  // ---- what heals -----------------------------------------------------------------------------

  @Test
  void aBoundOnOldEntriesTakesThemIn() {
    try (CacheManager before = Managers.open(server.uri())) {
      put(Managers.strings(before, "c"), "a", "b", "c", "d");
    }
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 2);
    await(() -> keysOnServer().size() == 3);
    assertThat(order()).hasSize(2);
    cache.put("e", "v");
    assertThat(keysOnServer()).hasSize(3).contains("c:e");
  }

  @Test
  void anOrderThatTheServerEvictedIsMadeAnew() {
    Cache<String, String> cache = bounded(manager, Eviction.FIFO, 3);
    put(cache, "a", "b", "c");
    server.command("DEL", ORDER);
    put(cache, "d");
    await(() -> keysOnServer().size() == 4);
    assertThat(order()).hasSize(3).contains("d");
    put(cache, "e", "f", "g");
    assertThat(keysOnServer()).containsExactly("c:e", "c:f", "c:g", ORDER);
  }

  @Test
  void whoDiedWhileTakingInOldEntriesIsReplaced() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 4);
    put(cache, "a");
    try (CacheManager other = Managers.open(server.uri())) {
      put(Managers.strings(other, "c"), "x", "y");
    }
    put(cache, "b");
    assertThat(order()).containsExactly("a", "b");

    long aWhileAgo = System.currentTimeMillis() / 1_000 - 10;
    server.command("ZADD", ORDER, Long.toString(-aWhileAgo), "~@scan");
    put(cache, "c");
    await(() -> order().size() == 4);
    assertThat(keysOnServer()).hasSize(5).contains("c:b", "c:c", ORDER);
    assertThat(server.command("ZSCORE", ORDER, "~@scan")).isEqualTo("-1");
  }

  @Test
  void nobodyIsAskedWhileSomebodyTakesInOldEntries() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 4);
    put(cache, "a");
    try (CacheManager other = Managers.open(server.uri())) {
      put(Managers.strings(other, "c"), "x");
    }
    String now = "-" + System.currentTimeMillis() / 1_000;
    server.command("ZADD", ORDER, now, "~@scan");
    put(cache, "b");
    assertThat(server.command("ZSCORE", ORDER, "~@scan")).isEqualTo(now);
    assertThat(order()).containsExactly("a", "b");
  }

  @Test
  void whatIsGoneWhereverItStandsMakesRoom() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 3);
    put(cache, "a", "b", "c");
    server.command("DEL", "c:c");
    put(cache, "d");
    assertThat(keysOnServer()).containsExactly("c:a", "c:b", "c:d", ORDER);
  }

  @Test
  void aFlushedServerIsBoundedAgain() {
    Cache<String, String> cache = bounded(manager, Eviction.LFU, 2);
    put(cache, "a", "b");
    server.command("FLUSHALL");
    server.command("SCRIPT", "FLUSH");
    put(cache, "c", "d", "e");
    await(() -> order().size() == 2);
    assertThat(keysOnServer()).containsExactly("c:d", "c:e", ORDER);
  }

  // ---- changes in use, and failures -----------------------------------------------------------

  @Test
  @SuppressWarnings("unchecked") // the cache's keys are strings
  void aMuchSmallerBoundIsReachedInSteps() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 3_000);
    IntStream.range(0, 2_500).forEach(i -> cache.put("k" + i, "v"));
    cache.unwrap(EvictionControl.class).setMaxEntries(10);
    assertThat(order()).hasSize(10).contains("k2499");
    assertThat(keysOnServer()).hasSize(11);
  }

  @Test
  void aFullServerRefusesAWriteAndItsPlaceInTheOrder() {
    Cache<String, String> cache = bounded(manager, Eviction.LRU, 10);
    put(cache, "a");
    server.command("CONFIG", "SET", "maxmemory", "1");
    try {
      assertThatThrownBy(() -> cache.put("b", "v"))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse());
      assertThat(order()).containsExactly("a");
      assertThat(cache.remove("a")).isTrue();
    } finally {
      server.command("CONFIG", "SET", "maxmemory", "0");
    }
  }

  @Test
  void changesByValueAreAtomicBesideTheOrder() {
    Cache<String, String> cache = bounded(manager, Eviction.LFU, 5);
    IntStream.range(0, 400)
        .parallel()
        .forEach(
            i ->
                cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      entry.setValue(entry.exists() ? entry.getValue() + "." : ".");
                      return null;
                    }));
    assertThat(cache.get("key")).hasSize(400);
    assertThat(order()).containsExactly("key");
  }

  @Test
  void severalJvmsStayWithinOneBound() throws Exception {
    String uri = server.uri().toString();
    List<OtherJvm> jvms = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      jvms.add(OtherJvm.start(List.of(), "fill", uri, "c"));
    }
    for (OtherJvm jvm : jvms) {
      assertThat(jvm.output()).isEqualTo("done");
    }
    assertThat(keysOnServer()).hasSize(OtherJvm.BOUND + 1);
    assertThat(order()).hasSize(OtherJvm.BOUND);
  }
}
