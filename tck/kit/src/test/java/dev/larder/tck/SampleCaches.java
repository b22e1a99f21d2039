package dev.larder.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.tck.store.Hostility;
import dev.larder.tck.store.SampleServer;
import dev.larder.tck.store.SampleStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * Caches of the same name on one server that can misbehave, each in a manager of its own, as if in
 * a JVM of its own.
 */
final class SampleCaches implements AutoCloseable {
  private static final int PATIENT = 30_000;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final String name = "remote-" + NUMBERS.incrementAndGet();
  private final List<CacheManager> managers = new ArrayList<>();

  /** Makes the server misbehave. */
  final Hostility hostility = SampleServer.named(name).hostility();

  /** Opens the cache once more; commands may take as long as they like. */
  <K, V> Cache<K, V> open(MutableConfiguration<K, V> configuration) {
    return open(configuration, PATIENT);
  }

  /** Opens the cache once more; commands fail after a time. */
  <K, V> Cache<K, V> open(MutableConfiguration<K, V> configuration, int timeoutMillis) {
    URI uri =
        URI.create("sample://%s/%d?timeout=%dms".formatted(name, managers.size(), timeoutMillis));
    CacheManager manager =
        Caching.getCachingProvider().getCacheManager(uri, SampleCaches.class.getClassLoader());
    managers.add(manager);
    return manager.createCache(name, configuration);
  }

  /** Configures a cache of numbers. */
  static MutableConfiguration<String, Integer> numbers() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  /** Stores bytes under a key, as no cache would. */
  void storeBytes(String key, String bytes) {
    try (SampleStore store = new SampleStore(name, Duration.ofMillis(PATIENT))) {
      store
          .put(
              (name + ":" + key).getBytes(UTF_8),
              bytes.getBytes(UTF_8),
              Long.MAX_VALUE,
              Long.MAX_VALUE)
          .toCompletableFuture()
          .join();
    }
  }

  @Override
  public void close() {
    hostility.always(Hostility.Trick.ANSWER);
    hostility.release();
    managers.forEach(CacheManager::close);
  }
}
