package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.util.concurrent.CompletionStage;

/** A command of the server's. */
final class AiocacheRaw {
  private AiocacheRaw() {}

  // region
  static CompletionStage<Object> append(AsyncCache<String, String> cache) {
    String key = cache.cache().getName() + ":log"; // raw commands take keys as the server has them
    return cache.raw("APPEND", key, "one line\n"); // await cache.raw("append", key, "one line\n")
  }
  // endregion
}
