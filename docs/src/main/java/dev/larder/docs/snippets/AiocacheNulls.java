package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.util.concurrent.CompletionStage;

/** Null as a value. */
final class AiocacheNulls {
  private AiocacheNulls() {}

  // region
  static CompletionStage<String> knownToHaveNone(AsyncCache<String, String> cache) {
    AsyncCache<String, String> names = cache.withNulls("(none)"); // what is stored for null
    return names
        .set("nickname", null)
        .thenCompose(done -> names.get("nickname", "not looked up yet")); // null
  }
  // endregion
}
