package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.util.concurrent.CompletionStage;

/** Commands of the backend's. */
final class AiocacheRaw {
  private AiocacheRaw() {}

  // region
  static CompletionStage<Object> append(AsyncCache<String, String> cache) {
    String key = cache.cache().getName() + ":log"; // raw commands take keys as the server has them
    return cache.raw("APPEND", key, "one line\n"); // await cache.raw("append", key, "one line\n")
  }

  static CompletionStage<Object> keysInMemory(AsyncCache<String, String> cache) {
    return cache
        .raw("putIfAbsent", "key", "value") // await cache.raw("setdefault", "key", "value")
        .thenCompose(present -> cache.raw("keySet")); // list(await cache.raw("keys"))
  }
  // endregion
}
