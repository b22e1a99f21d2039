package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import dev.larder.async.CachedStampede;
import java.time.Duration;

/** The decorator {@code @cached_stampede}. */
final class AiocacheStampede {
  private AiocacheStampede() {}

  // region
  static Cached<String, String> inThisJvm(AsyncCache<String, String> cache) {
    return CachedStampede.of(cache); //                                @cached_stampede(cache)
  }

  static Cached<String, String> inAllJvms(
      AsyncCache<String, String> cache, AsyncCache<String, String> locks) {
    return CachedStampede.of(cache, locks, Duration.ofSeconds(2)); //  @cached_stampede(.., lease=2)
  }
  // endregion
}
