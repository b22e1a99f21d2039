package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package have in common. */
final class Caches {
  /** What no call may exceed, however busy the machine: a call that hangs takes for ever. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Caches() {}

  static CacheManager manager(URI uri) {
    return Caching.getCachingProvider("dev.larder.LarderCachingProvider")
        .getCacheManager(uri, Caches.class.getClassLoader());
  }

  static CacheManager manager(URI uri, String parameters) {
    return manager(URI.create(uri + "?" + parameters));
  }

  static <K, V> Cache<K, V> cache(
      CacheManager manager, String name, Class<K> keyType, Class<V> valueType) {
    return manager.createCache(name, new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  static <V> Cache<String, V> cache(CacheManager manager, Class<V> valueType) {
    return cache(manager, "cache", String.class, valueType);
  }

  static RemoteStore store(URI uri, String parameters) {
    return new MemcachedStoreFactory().open(URI.create(uri + "?" + parameters));
  }

  /** Adds one to a number, as two commands: a read and a compare-and-set. */
  static void increment(Cache<String, Long> cache, String key) {
    cache.invoke(
        key,
        (entry, arguments) -> {
          entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
          return null;
        });
  }

  static BackendException failureOf(ThrowingCallable call) {
    BackendException failure = catchThrowableOfType(BackendException.class, call);
    assertThat(failure).as("the failure of the call").isNotNull();
    return failure;
  }

  /** Returns the result of a stage, or throws what it failed with. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a stage was not completed", e);
    }
  }

  /** Waits until something is so; how long that took, in milliseconds. */
  static long await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(PATIENCE);
      LockSupport.parkNanos(1_000_000);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Waits until a call succeeds; how long that took, in milliseconds. */
  static long awaitSuccess(Runnable call) {
    return await(
        "the first success",
        () -> {
          try {
            call.run();
            return true;
          } catch (BackendException e) {
            return false;
          }
        });
  }
}
