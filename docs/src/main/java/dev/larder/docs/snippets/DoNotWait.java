package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.cache.Cache;

/** Calls whose results arrive later. */
final class DoNotWait {
  private DoNotWait() {}

  // region
  static CompletionStage<String> move(Cache<String, Integer> stock) {
    AsyncCache<String, Integer> async = AsyncCache.of(stock);
    CompletionStage<Integer> shelf =
        async.put("shelf", 3).thenCompose(done -> async.getAndRemove("shelf")); // 3, in the end
    CompletionStage<Boolean> counter = async.putIfAbsent("counter", 3); // at the same time
    return shelf.thenCombine(counter, (moved, isNew) -> moved + " moved, new: " + isNew);
  }

  static AsyncCache<String, Integer> withSettings(Cache<String, Integer> stock, Executor mine) {
    return AsyncCache.of(
        stock, AsyncCache.Settings.builder().maxInFlight(64).executor(mine).build());
  }
  // endregion
}
