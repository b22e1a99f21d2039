package dev.larder.memcached;

import static dev.larder.memcached.Caches.await;
import static dev.larder.memcached.Caches.awaitSuccess;
import static dev.larder.memcached.Caches.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import dev.larder.tck.servers.FaultyProxy;
import dev.larder.tck.servers.Load;
import dev.larder.tck.servers.LogLines;
import dev.larder.tck.servers.MemcachedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What servers and networks do to their clients; the numbers are those of a catalogue of faults.
 */
class MemcachedFaultsTest {
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

  private MemcachedServer server(String... options) {
    return closing(MemcachedServer.start(options));
  }

  private <V> Cache<String, V> cache(URI uri, String parameters, Class<V> valueType) {
    return Caches.cache(closing(Caches.manager(uri, parameters)), valueType);
  }

  private RemoteStore store(MemcachedServer server) {
    return closing(Caches.store(server.uri(), "timeout=5s"));
  }

  // ---- servers --------------------------------------------------------------------------------

  @Test
  @DisplayName("2: kill -9 under load fails calls in time, and is recovered from")
  void killedServer() {
    MemcachedServer server = server();
    Cache<String, Long> cache = cache(server.uri(), "timeout=1s", Long.class);
    Load load =
        closing(new Load(4, () -> Caches.increment(cache, Thread.currentThread().getName())));
    await("load", () -> load.acknowledged() > 500);

    server.kill9();
    await("refusals", () -> load.refused() > 1_000);
    server.restart();
    long millis = awaitSuccess(() -> cache.get("other"));
    long acknowledged = load.acknowledged();
    await("load", () -> load.acknowledged() > acknowledged + 500);
    load.close();

    assertThat(millis).as("until the first success").isLessThan(3_000);
    assertThat(load.slowestMillis()).isLessThan(5_000);
    assertThat(load.failures().keySet())
        .allSatisfy(message -> assertThat(message).contains("127.0.0.1:" + server.port()));
  }

  @Test
  @DisplayName("4: a server that stands still: bounded, and said to be unknown")
  void stoppedServer() {
    MemcachedServer server = server();
    Cache<String, String> cache = cache(server.uri(), "timeout=300ms&inFlight=8", String.class);
    AtomicLong next = new AtomicLong();
    cache.put("first", "value");

    server.pause();
    Load load = closing(new Load(16, () -> cache.put("key" + next.incrementAndGet(), "value")));
    await("timeouts", () -> load.unknown() >= 8);
    await("refusals", () -> load.refused() > 100);
    load.close();
    server.resume();
    awaitSuccess(() -> cache.get("first"));

    assertThat(load.failures().keySet())
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("did not answer within 300 ms")
                    .contains("may have been executed"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("8 commands are on their way already")
                    .contains("not sent"));
    assertThat(items(server))
        .isBetween(1 + load.acknowledged(), 1 + load.acknowledged() + load.unknown());
  }

  private static long items(MemcachedServer server) {
    return Long.parseLong(server.stats().get("curr_items"));
  }

  @Test
  @DisplayName("4: no more commands wait for a server that stands still than are allowed")
  void boundWhileStopped() {
    MemcachedServer server = server();
    Cache<String, String> cache =
        cache(server.uri(), "timeout=200ms&silence=30m&inFlight=4", String.class);
    cache.put("first", "value");

    server.pause();
    AtomicLong next = new AtomicLong();
    try (Load load = new Load(8, () -> cache.put("key" + next.incrementAndGet(), "value"))) {
      await("refusals long after the timeouts", () -> load.refused() > 2_000);
      assertThat(load.unknown()).isEqualTo(4);
    }
    server.resume();
    awaitSuccess(() -> cache.get("first"));
    assertThat(items(server)).isEqualTo(5);
  }

  @Test
  @DisplayName("4: what was not yet written when its time was over is known not to be executed")
  void unwrittenWhileStopped() {
    MemcachedServer server = server();
    Cache<String, byte[]> cache = cache(server.uri(), "timeout=500ms&silence=30m", byte[].class);
    cache.put("first", new byte[1]);
    byte[] large = new byte[900_000];

    server.pause();
    AtomicLong next = new AtomicLong();
    Load load = closing(new Load(8, () -> cache.put("key" + next.incrementAndGet(), large)));
    await("commands that were not sent", () -> load.refused() > 8);
    load.close();
    server.resume();
    awaitSuccess(() -> cache.get("first"));

    assertThat(load.failures().keySet())
        .anySatisfy(
            message -> assertThat(message).contains("did not answer").contains("was not sent"));
    assertThat(items(server)).isLessThanOrEqualTo(1 + load.acknowledged() + load.unknown());
  }

  @Test
  @DisplayName("19: what the server evicts is missing, and nothing fails")
  void evictionStorm() {
    MemcachedServer server = server("-m", "64");
    Cache<String, byte[]> cache = cache(server.uri(), "timeout=10s", byte[].class);
    byte[] value = new byte[100_000];
    for (int i = 0; i < 2_000; i++) {
      Arrays.fill(value, (byte) i);
      cache.put("key" + i, value);
    }

    int present = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] found = cache.get("key" + i);
      if (found != null) {
        present++;
        assertThat(found[99_999]).isEqualTo((byte) i);
      } else {
        assertThat(cache.remove("key" + i)).isFalse();
        assertThat(cache.replace("key" + i, value)).isFalse();
      }
    }
    assertThat(present).isBetween(1, 1_999);
    assertThat(cache.putIfAbsent("key0", value)).isTrue();
  }

  @Test
  @DisplayName("18: a full server that must not evict refuses, and is still read")
  void fullServer() {
    MemcachedServer server = server("-M", "-m", "2");
    Cache<String, byte[]> cache = cache(server.uri(), "timeout=10s", byte[].class);
    cache.put("key", new byte[] {1});
    AtomicLong next = new AtomicLong();
    Load load =
        closing(new Load(1, () -> cache.put("k" + next.getAndIncrement(), new byte[50_000])));
    await("refusals", () -> load.refused() > 5);
    load.close();

    assertThat(load.failures().keySet())
        .allSatisfy(message -> assertThat(message).contains("memory is full").contains("-M"));
    assertThat(cache.get("key")).containsExactly(1);
    assertThat(cache.remove("key")).isTrue();
  }

  // ---- numbers that mean nothing any more -----------------------------------------------------

  @Test
  @DisplayName("20: a number from before a restart overwrites nothing")
  void restartBetweenReadAndCompareAndSet() {
    MemcachedServer server = server();
    RemoteStore store = store(server);
    byte[] key = "key".getBytes(UTF_8);
    await(store.put(key, "old".getBytes(UTF_8), Ttl.FOREVER, Ttl.FOREVER));
    Stored seen = await(store.get(key));

    server.restart();
    assertThat(server.command("set key 0 0 3\r\nnew")).isEqualTo("STORED");
    assertThat(server.command("gets key")).as("the same number").contains("key 0 3 " + cas(seen));
    awaitSuccess(() -> await(store.get("other".getBytes(UTF_8))));

    assertThat(await(store.compareAndSet(key, seen, "mine".getBytes(UTF_8), Ttl.FOREVER)))
        .isFalse();
    assertThat(await(store.compareAndSet(key, seen, null, Ttl.NONE))).isFalse();
    assertThat(server.command("get key")).contains("new");
  }

  private static long cas(Stored stored) {
    return StoredItem.casOf(stored.version());
  }

  @Test
  @DisplayName("20: an entry processor begins anew if the server restarts while it runs")
  void restartWhileAProcessorRuns() {
    MemcachedServer server = server();
    Cache<String, String> cache = cache(server.uri(), "timeout=5s", String.class);
    cache.put("key", "old");
    AtomicBoolean restarted = new AtomicBoolean();

    cache.invoke(
        "key",
        (entry, arguments) -> {
          if (restarted.compareAndSet(false, true)) {
            server.restart();
            server.command("set cache:key 0 0 3\r\nnew");
            awaitSuccess(() -> cache.get("other"));
          }
          entry.setValue(entry.getValue() + "+");
          return null;
        });

    assertThat(cache.get("key")).isEqualTo("new+");
  }

  @Test
  @DisplayName("20: nobody gets another's answer when connections end within large commands")
  void answersStayWithTheirCommands() {
    MemcachedServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    Cache<String, String> cache = cache(proxy.uri(), "timeout=5s", String.class);
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    Load load =
        closing(
            new Load(
                4,
                () -> {
                  String key = Thread.currentThread().getName();
                  cache.put(key, key.repeat(20_000));
                  String found = cache.get(key);
                  if (found != null && !found.startsWith(key + key)) {
                    wrong.add(key);
                  }
                }));
    for (int i = 0; i < 4; i++) {
      long before = load.acknowledged();
      await("load", () -> load.acknowledged() > before + 50);
      proxy.cut();
    }
    long before = load.acknowledged();
    await("load", () -> load.acknowledged() > before + 50);
    load.close();

    assertThat(load.unknown() + load.refused()).as("calls that were cut off").isPositive();
    assertThat(wrong).isEmpty();
  }

  // ---- connections ----------------------------------------------------------------------------

  @Test
  @DisplayName("5: a half-dead connection is cut, made anew, and works")
  void halfDead() {
    MemcachedServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    Cache<String, String> cache = cache(proxy.uri(), "timeout=200ms", String.class);
    cache.put("key", "value");
    int before = proxy.accepted();

    proxy.deafen();
    Load load = closing(new Load(2, () -> cache.get("key")));
    await("timeouts", () -> load.unknown() > 0);
    await("recovery", () -> load.acknowledged() > 100);
    load.close();

    assertThat(proxy.accepted()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("107: a server that stays silent is cut off often, and told of once a second")
  void silentAgainAndAgain() {
    MemcachedServer server = server();
    AtomicReference<RemoteStore> opened = new AtomicReference<>();
    awaitSuccess(
        () ->
            opened.set(Caches.store(server.uri(), "timeout=50ms&silence=50ms&connectTimeout=5s")));
    RemoteStore store = closing(opened.get());
    LogLines log = closing(new LogLines());
    long start = System.nanoTime();

    server.pause();
    await(
        "cuts", () -> store.get(new byte[] {1}) != null && store.figures().connectionsLost() >= 5);
    server.resume();

    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertThat(log.linesOf("dev.larder.memcached"))
        .hasSizeBetween(1, (int) (1 + seconds))
        .allSatisfy(line -> assertThat(line).contains("silent for 50 ms"));
  }

  @Test
  @DisplayName("5: late answers are signs of life, however many time limits pass")
  void lateAnswers() {
    MemcachedServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    Cache<String, String> cache = cache(proxy.uri(), "timeout=500ms", String.class);
    cache.put("key", "value");
    int before = proxy.accepted();

    proxy.delayReplies(700);
    for (int i = 0; i < 6; i++) {
      assertThat(failureOf(() -> cache.get("key")).isOutcomeUnknown()).isTrue();
    }
    proxy.delayReplies(0);
    awaitSuccess(() -> assertThat(cache.get("key")).isEqualTo("value"));

    assertThat(proxy.accepted()).isEqualTo(before);
  }

  @Test
  @DisplayName("6: what was executed and lost its answer is not sent again")
  void lostReplies() {
    MemcachedServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    Cache<String, String> cache = cache(proxy.uri(), "timeout=10s", String.class);
    cache.put("key", "value");
    proxy.dropReplies();

    List<CompletableFuture<Boolean>> unknown =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> failureOf(() -> cache.put("key" + i, "value")).isOutcomeUnknown(),
                        task -> new Thread(task).start()))
            .toList();
    await("execution", () -> items(server) == 51);
    proxy.cut();

    assertThat(unknown.stream().map(CompletableFuture::join)).containsOnly(true);
    awaitSuccess(() -> cache.get("key"));
    assertThat(server.stats()).containsEntry("cmd_set", "51");
  }

  @Test
  @DisplayName("25: a lost connection is made anew at once, and not ever more often")
  void attemptsKeepTheirDistance() {
    MemcachedServer server = server();
    FaultyProxy proxy = closing(new FaultyProxy(server.uri()));
    Cache<String, String> cache = cache(proxy.uri(), "timeout=5s", String.class);
    cache.put("key", "value");
    proxy.cut();
    assertThat(awaitSuccess(() -> cache.get("key"))).isLessThan(900);

    int before = proxy.accepted();
    long start = System.nanoTime();
    server.kill9();
    Load load = closing(new Load(1, () -> cache.get("key"))); // so that losses are noticed
    await("attempts", () -> proxy.accepted() >= before + 5);
    load.close();
    assertThat(System.nanoTime() - start)
        .as("pauses of 25, 50, 100, 200 and 400 ms at least")
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(700));
  }

  @Test
  @DisplayName("28: closing ends what is under way, and leaves no thread")
  void closeUnderLoad() {
    MemcachedServer server = server();
    for (int round = 0; round < 5; round++) {
      CacheManager manager = Caches.manager(server.uri(), "timeout=10s");
      Cache<String, String> cache = Caches.cache(manager, String.class);
      AtomicBoolean closed = new AtomicBoolean();
      try (Load load =
          new Load(
              8,
              () -> {
                try {
                  cache.put("key", "value");
                  cache.forEach(entry -> {});
                } catch (IllegalStateException e) {
                  assertThat(cache.isClosed()).isTrue();
                  closed.set(true);
                }
              })) {
        await("load", () -> load.acknowledged() > 20);
        manager.close();
        await("calls that find the cache closed", closed::get);
      }
    }
    await("the end of all threads", () -> ourThreads().isEmpty());
  }

  private static Set<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("larder-memcached") || name.startsWith("Memcached IO"))
        .collect(Collectors.toSet());
  }

  // ---- several servers ------------------------------------------------------------------------

  @Test
  @DisplayName("119: while one of several servers is down, its keys fail and others do not")
  void oneOfSeveralIsDown() {
    MemcachedServer one = server();
    MemcachedServer two = server();
    URI both = URI.create(one.uri() + ",127.0.0.1:" + two.port());
    Cache<String, String> cache = cache(both, "timeout=1s", String.class);
    for (int i = 0; i < 100; i++) {
      cache.put("key" + i, "old");
    }
    assertThat(items(one)).isBetween(20L, 80L);
    assertThat(items(one) + items(two)).isEqualTo(100);

    two.kill9();
    awaitFailure(cache);
    int failed = 0;
    for (int i = 0; i < 100; i++) {
      try {
        cache.put("key" + i, "new");
      } catch (BackendException e) {
        assertThat(e).hasMessageContaining("127.0.0.1:" + two.port());
        failed++;
      }
    }
    assertThat(failed).isEqualTo((int) (100 - items(one)));
    assertThatThrownBy(cache::clear).isInstanceOf(BackendException.class);

    two.restart();
    awaitSuccess(() -> IntStream.range(0, 100).forEach(i -> cache.get("key" + i)));
    for (int i = 0; i < 100; i++) {
      assertThat(cache.get("key" + i)).isIn("new", null);
    }
    List<String> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    assertThat(keys).hasSize((int) items(one));
  }

  private static void awaitFailure(Cache<String, String> cache) {
    await(
        "the loss to be noticed",
        () -> {
          try {
            IntStream.range(0, 100).forEach(i -> cache.get("key" + i));
            return false;
          } catch (BackendException e) {
            return true;
          }
        });
  }

  @Test
  @DisplayName("119: a server that is down from the start is waited for by nobody")
  void oneOfSeveralIsNotThere() {
    MemcachedServer one = server();
    MemcachedServer two = server();
    URI both = URI.create(one.uri() + ",127.0.0.1:" + two.port());
    two.kill9();
    Cache<String, String> cache = cache(both, "timeout=1s", String.class);
    awaitFailure(cache);

    two.restart();

    awaitSuccess(() -> IntStream.range(0, 100).forEach(i -> cache.put("key" + i, "value")));
    assertThat(items(one) + items(two)).isEqualTo(100);
  }
}
