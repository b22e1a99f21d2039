package dev.larder.redis.faults;

import static dev.larder.redis.faults.Caches.PATIENCE;
import static dev.larder.redis.faults.Caches.await;
import static dev.larder.redis.faults.Caches.awaitSuccess;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.tck.servers.FaultyProxy;
import dev.larder.tck.servers.LogLines;
import dev.larder.tck.servers.RedisServer;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application does to itself; the numbers are those of the catalogue of faults. */
class LifecycleFaultsTest {
  private RedisServer server;

  @BeforeEach
  void start() {
    server = RedisServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("28: close() ends 1,000 calls that wait for a server that stands still")
  void closeUnderLoad() throws InterruptedException {
    CacheManager manager = Caches.manager(server.uri(), "timeout=5m");
    Cache<String, String> cache = Caches.cache(manager, String.class);
    cache.put("key", "value");
    server.pause();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Thread thread = new Thread(() -> failures.add(failureOf(() -> cache.get("key"))));
      threads.add(thread);
      thread.start();
    }
    await(
        "1,000 calls under way",
        () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

    long start = System.nanoTime();
    manager.close();
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
    assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(5));
    assertThat(failures)
        .hasSize(1_000)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("closed"));
  }

  private static Throwable failureOf(Runnable call) {
    try {
      call.run();
      return new AssertionError("no failure");
    } catch (Throwable e) {
      return e;
    }
  }

  @Test
  @DisplayName("28: close() while calls go on leaves each with a value or a clear failure")
  void closeInTheMiddle() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      CacheManager manager = Caches.manager(server.uri());
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      CountDownLatch underWay = new CountDownLatch(500);
      Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      assertThat(cache.get("key")).isEqualTo("value");
                      underWay.countDown();
                    }
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                });
        threads.add(thread);
        thread.start();
      }
      underWay.await();
      manager.close();
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
      }
      assertThat(failures)
          .hasSize(4)
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOfAny(BackendException.class, IllegalStateException.class)
                      .hasMessageContaining("closed"));
    }
  }

  @Test
  @DisplayName("30: a closed cache says that it is closed")
  void useAfterClose() {
    CacheManager manager = Caches.manager(server.uri());
    Cache<String, String> cache = Caches.cache(manager, String.class);
    cache.put("key", "value");
    manager.close();
    manager.close();

    Stream.<Runnable>of(
            () -> cache.get("key"),
            () -> cache.getAll(Set.of("key")),
            () -> cache.containsKey("key"),
            () -> cache.put("key", "value"),
            () -> cache.getAndPut("key", "value"),
            () -> cache.putAll(Map.of("key", "value")),
            () -> cache.putIfAbsent("key", "value"),
            () -> cache.remove("key"),
            () -> cache.remove("key", "value"),
            () -> cache.getAndRemove("key"),
            () -> cache.replace("key", "value"),
            () -> cache.replace("key", "value", "other"),
            () -> cache.getAndReplace("key", "value"),
            () -> cache.removeAll(),
            () -> cache.removeAll(Set.of("key")),
            () -> cache.clear(),
            () -> cache.forEach(entry -> {}),
            () -> cache.loadAll(Set.of("key"), true, null),
            () -> cache.invoke("key", (entry, arguments) -> null),
            () -> cache.invokeAll(Set.of("key"), (entry, arguments) -> null),
            () -> manager.getCache("cache"),
            () -> manager.destroyCache("cache"))
        .forEach(call -> assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class));
    assertThat(clientsOf(server)).as("connections").isEqualTo(1);
  }

  private static long clientsOf(RedisServer server) {
    return String.valueOf(server.command("CLIENT", "LIST")).lines().count();
  }

  @Test
  @DisplayName("32: no thread and no buffer is left when managers have closed")
  void nothingLeft() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    Set<String> before = threads();
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 5; i++) {
        CacheManager manager = Caches.manager(server.uri());
        Cache<String, String> cache = Caches.cache(manager, String.class);
        cache.put("key", "value");
        assertThat(cache.get("key")).isEqualTo("value");
        server.command("CLIENT", "KILL", "TYPE", "normal");
        awaitSuccess(() -> cache.get("key"));
        if (i % 2 == 0) {
          server.kill9();
        }
        manager.close();
        if (i % 2 == 0) {
          server.restart();
        }
      }
      assertThatThrownBy(() -> Caches.manager(server.uri(), "database=99"))
          .isInstanceOf(BackendException.class);
      awaitThreads(before);
      System.gc();
      try (CacheManager manager = Caches.manager(server.uri())) {
        Cache<String, String> cache = Caches.cache(manager, String.class);
        for (int i = 0; i < 1_000; i++) {
          cache.put("key", "value");
        }
      }
      assertThat(log.lines()).noneSatisfy(line -> assertThat(line).contains("LEAK"));
    } finally {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
    }
  }

  private static void awaitThreads(Set<String> before) {
    await(
        "the end of the threads",
        () -> {
          Set<String> left = threads();
          left.removeAll(before);
          return left.isEmpty();
        });
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("process reaper"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @DisplayName("32: an interrupted thread closes all the same, and stays interrupted")
  void closeWhileInterrupted() {
    Set<String> before = threads();
    CacheManager manager = Caches.manager(server.uri());
    Cache<String, String> cache = Caches.cache(manager, String.class);
    cache.put("key", "value");
    Thread.currentThread().interrupt();
    manager.close();
    assertThat(Thread.interrupted()).isTrue();
    awaitThreads(before);
  }

  @Test
  @DisplayName("35: an interrupted call ends at once; its thread stays interrupted, all else works")
  void interrupted() throws InterruptedException {
    FaultyProxy proxy = new FaultyProxy(server.uri());
    try (proxy;
        CacheManager manager = Caches.manager(proxy.uri(), "timeout=5m")) {
      Cache<String, String> cache = Caches.cache(manager, String.class);
      cache.put("key", "value");
      server.pause();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                failure.set(failureOf(() -> cache.put("key", "other")));
                flag.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      await("the call", () -> thread.getState() == Thread.State.WAITING);
      thread.interrupt();
      thread.join(PATIENCE.toMillis());

      assertThat(failure.get()).isInstanceOf(BackendException.class);
      assertThat(((BackendException) failure.get()).isOutcomeUnknown()).isTrue();
      assertThat(flag.get()).isTrue();
      server.resume();
      assertThat(cache.get("key")).isEqualTo("other");
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  /** What an application can plug into a cache. */
  enum UserCode {
    PROCESSOR,
    LISTENER,
    LOADER,
    WRITER,
    EXPIRY_POLICY
  }

  @ParameterizedTest(name = "36: a {0} that blocks does not delay another thread's call")
  @EnumSource(UserCode.class)
  void blockingUserCode(UserCode code) throws InterruptedException {
    try (CacheManager manager = Caches.manager(server.uri())) {
      Blocker blocker = new Blocker();
      MutableConfiguration<String, String> configuration =
          new MutableConfiguration<String, String>().setTypes(String.class, String.class);
      switch (code) {
        case PROCESSOR -> {}
        case LISTENER ->
            configuration.addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(
                    () -> (CacheEntryCreatedListener<String, String>) events -> blocker.block(),
                    null,
                    false,
                    true));
        case LOADER ->
            configuration
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> new BlockingLoader(blocker));
        case WRITER ->
            configuration
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new BlockingWriter(blocker));
        case EXPIRY_POLICY ->
            configuration.setExpiryPolicyFactory(() -> new BlockingPolicy(blocker));
      }
      Cache<String, String> cache = manager.createCache("cache", configuration);
      Thread caller =
          new Thread(
              () -> {
                switch (code) {
                  case PROCESSOR ->
                      cache.invoke(
                          "blocked",
                          (entry, arguments) -> {
                            blocker.block();
                            return null;
                          });
                  case LOADER -> cache.get("blocked");
                  case LISTENER, WRITER, EXPIRY_POLICY -> cache.put("blocked", "value");
                }
              });
      caller.start();
      blocker.awaitBlocked();

      assertThat(cache.containsKey("other")).isFalse();
      assertThat(cache.getAndRemove("another")).isNull();
      assertThat(blocker.thread()).isSameAs(caller);
      blocker.release();
      caller.join(PATIENCE.toMillis());
    }
  }

  /** Blocks the first who comes, until it is released. */
  private static final class Blocker {
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void block() {
      if (thread.compareAndSet(null, Thread.currentThread())) {
        blocked.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    void awaitBlocked() throws InterruptedException {
      assertThat(blocked.await(PATIENCE.toSeconds(), SECONDS)).isTrue();
    }

    Thread thread() {
      return thread.get();
    }

    void release() {
      released.countDown();
    }
  }

  private record BlockingLoader(Blocker blocker) implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      if (key.equals("blocked")) {
        blocker.block();
      }
      return null;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }
  }

  private record BlockingWriter(Blocker blocker) implements CacheWriter<String, String> {
    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
      blocker.block();
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }

  private record BlockingPolicy(Blocker blocker) implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      blocker.block();
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return null;
    }
  }
}
