package dev.larder.async;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that one of several JVMs does at a time, unless their locks fail. */
record Leases<K>(AsyncCache<K, String> locks, Duration lease) {

  /** Refuses locks that would be taken for results. */
  void requireApartFrom(AsyncCache<K, ?> results) {
    if (((AsyncFront<K, String>) locks).hasEntriesOf((AsyncFront<K, ?>) results)) {
      throw new IllegalArgumentException(
          "cache '%s' keeps the results: their locks, which have the same keys, need another cache or namespace"
              .formatted(results.cache().getName()));
    }
  }

  /** Works when nobody else does, or when the wait was as long as a lease. */
  <V> CompletionStage<V> within(K key, Pace pace, Supplier<? extends CompletionStage<V>> work) {
    AsyncLock<K> lock = AsyncLock.of(locks, key, lease);
    return pace.start(() -> lock.acquire(lease))
        .handle((held, failure) -> failure == null ? held : null)
        .thenCompose(
            held -> {
              CompletionStage<V> worked = pace.start(work);
              return worked
                  .handle((result, failure) -> release(held, pace))
                  .thenCompose(released -> released)
                  .thenCompose(released -> worked);
            });
  }

  private CompletionStage<?> release(AsyncLock<K>.@Nullable Lease held, Pace pace) {
    return held == null
        ? completedFuture(false)
        : pace.start(held::release).exceptionally(lapses -> false);
  }
}
