package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The decorator {@code @cached}. */
final class AiocacheCached {
  private AiocacheCached() {}

  // region
  static Function<Integer, CompletionStage<String>> decorate(
      AsyncCache<String, String> cache, Function<Integer, CompletionStage<String>> loadUser) {
    return Cached.of(cache) //                               @cached(cache,
        .timeToLive(Duration.ofMinutes(10)) //                 ttl=600,
        .skip(String::isEmpty) //                              skip_cache_func=lambda r: not r,
        .decorateAsync(id -> "user:" + id, loadUser); //       key_builder=...)
  }

  static Function<Integer, String> decorateBlocking(
      AsyncCache<String, String> cache, Function<Integer, String> loadUser) {
    return Cached.of(cache).decorate(id -> "user:" + id, loadUser); // runs on the caller's thread
  }

  static String refresh(AsyncCache<String, String> cache, Function<Integer, String> loadUser) {
    return Cached.of(cache)
        .withoutReading() //                                 load_user(7, cache_read=False)
        .get("user:7", () -> loadUser.apply(7));
  }
  // endregion
}
