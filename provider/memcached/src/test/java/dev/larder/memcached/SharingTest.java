package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.servers.MemcachedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs and managers that share servers. */
class SharingTest {
  private static final int JVMS = 3;
  private static final int THREADS = 4;
  private static final int STEPS = 300;

  @ParameterizedTest
  @ValueSource(strings = {"timeout=20s", "timeout=20s&protocol=ascii"})
  void noIncrementOfManyThreadsInManyJvmsIsLost(String parameters) throws Exception {
    try (MemcachedServer server = MemcachedServer.start()) {
      URI uri = URI.create(server.uri() + "?" + parameters);
      List<Process> jvms = new ArrayList<>();
      for (int i = 0; i < JVMS; i++) {
        jvms.add(startJvm(uri));
      }
      for (Process jvm : jvms) {
        String output = new String(jvm.getInputStream().readAllBytes(), UTF_8);
        assertThat(jvm.waitFor()).as(output).isZero();
      }

      try (CacheManager manager = Caches.manager(uri)) {
        assertThat(Caches.cache(manager, Long.class).get("counter"))
            .isEqualTo(JVMS * THREADS * STEPS);
      }
    }
  }

  private static Process startJvm(URI uri) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SharingTest.class.getName(),
            uri.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Increments a counter by several threads; its argument is the URI of the caches' manager. */
  public static void main(String[] arguments) throws Exception {
    try (CacheManager manager = Caches.manager(URI.create(arguments[0]))) {
      Cache<String, Long> cache = Caches.cache(manager, Long.class);
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int step = 0; step < STEPS; step++) {
                    Caches.increment(cache, "counter");
                  }
                });
        thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      if (!failures.isEmpty()) {
        throw new IllegalStateException("an increment failed", failures.get(0));
      }
    }
  }

  @Test
  void clearTouchesNoOtherCacheAndDestroyNoOtherNamespace() {
    try (MemcachedServer server = MemcachedServer.start();
        CacheManager one = Caches.manager(server.uri(), "timeout=5s&namespace=one");
        CacheManager two = Caches.manager(server.uri(), "timeout=5s&namespace=on")) {
      Cache<String, Long> mine = Caches.cache(one, Long.class);
      Cache<String, Long> other = Caches.cache(one, "cache2", String.class, Long.class);
      Cache<String, Long> theirs = Caches.cache(two, Long.class);
      for (Cache<String, Long> cache : List.of(mine, other, theirs)) {
        cache.put("key", 1L);
      }

      mine.clear();
      assertThat(mine).isEmpty();
      assertThat(other).hasSize(1);
      one.destroyCache("cache2");
      assertThat(theirs).hasSize(1);
      assertThat(server.command("get on:cache:key")).contains("\r\n1\r\n");
    }
  }

  @Test
  void closedManagerLeavesEntriesToTheNext() {
    try (MemcachedServer server = MemcachedServer.start()) {
      try (CacheManager first = Caches.manager(server.uri(), "timeout=5s")) {
        Caches.cache(first, Long.class).put("key", 7L);
      }
      try (CacheManager second = Caches.manager(server.uri(), "timeout=5s")) {
        assertThat(Caches.cache(second, Long.class).get("key")).isEqualTo(7L);
      }
    }
  }
}
