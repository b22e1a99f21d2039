package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.async.AsyncLock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The locks of aiocache. */
final class AiocacheLocks {
  private AiocacheLocks() {}

  // region
  static CompletionStage<String> oneAtATime(
      AsyncCache<String, String> locks, Supplier<CompletionStage<String>> work) {
    AsyncLock<String> lock = AsyncLock.of(locks, "report", Duration.ofSeconds(30)); // RedLock(...)
    return lock.with(Duration.ofSeconds(5), work); //                               async with lock:
  }

  static CompletionStage<Boolean> unlessChanged(AsyncCache<String, String> cache, String name) {
    return cache
        .gets(name) //                                                              OptimisticLock
        .thenCompose(seen -> cache.cas(name, seen, seen.value() + "!")); //         .cas(...)
  }
  // endregion
}
