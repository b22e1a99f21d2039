package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Times to live and timeouts of aiocache. */
final class AiocacheTimesToLive {
  private AiocacheTimesToLive() {}

  // region
  static CompletionStage<?> timesToLive(AsyncCache<String, String> cache) {
    AsyncCache<String, String> brief = // Cache(ttl=10, timeout=5)
        cache.withTimeToLive(Duration.ofSeconds(10)).withTimeout(Duration.ofSeconds(5));
    return brief
        .set("a", "1") // its default, ten seconds
        .thenCompose(done -> brief.set("b", "2", Duration.ofHours(1))) // ttl=3600
        .thenCompose(done -> brief.set("c", "3", AsyncCache.FOREVER)) // ttl=None
        .thenCompose(done -> brief.expire("b", AsyncCache.FOREVER)); // expire("b", 0)
  }
  // endregion
}
