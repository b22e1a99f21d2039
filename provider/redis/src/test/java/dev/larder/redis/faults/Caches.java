package dev.larder.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.BackendException;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.net.URI;
import java.time.Duration;
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
  static final Duration PATIENCE = Duration.ofSeconds(15);

  static {
    // So that LogLines sees what the driver logs, whatever else is on the class path.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private Caches() {}

  static CacheManager manager(URI uri) {
    return Caching.getCachingProvider("dev.larder.LarderCachingProvider")
        .getCacheManager(uri, Caches.class.getClassLoader());
  }

  static CacheManager manager(URI uri, String parameters) {
    return manager(URI.create(uri + "?" + parameters));
  }

  static <V> Cache<String, V> cache(CacheManager manager, Class<V> valueType) {
    return manager.createCache(
        "cache", new MutableConfiguration<String, V>().setTypes(String.class, valueType));
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
