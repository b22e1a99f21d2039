package dev.larder.docs.snippets;

import dev.larder.Larder;
import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import java.time.Duration;
import java.util.function.Consumer;

/** The other parameters of aiocache's decorators. */
final class AiocacheOptions {
  private AiocacheOptions() {}

  // region
  static String options(Cached<String, String> cached, Consumer<Throwable> report) {
    return cached
        .timeToLive(result -> Duration.ofSeconds(result.length())) // ttl=…
        .withoutWriting() //                                          cache_write=False
        .withoutWaitingForWrites() //                                 aiocache_wait_for_write=False
        .onFailure(report)
        .get("key", () -> "result");
  }

  static Cached<String, String> byAlias(String alias) {
    return Cached.of(AsyncCache.of(Larder.cache(alias))); //          alias=…
  }
  // endregion
}
