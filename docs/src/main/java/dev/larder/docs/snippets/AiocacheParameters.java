package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.spi.Serializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What calls of aiocache can be told. */
final class AiocacheParameters {
  private AiocacheParameters() {}

  // region
  static CompletionStage<?> parameters(
      AsyncCache<String, String> cache, Serializer<String> compressed) {
    Duration minute = Duration.ofMinutes(1);
    return cache
        .add("a", "1", minute) //                           cache.add("a", "1", ttl=60)
        .thenCompose(done -> cache.multiSet(Map.of("b", "2"), minute)) // .multi_set([...], ttl=60)
        .thenCompose(
            done -> cache.withNamespace("main").set("c", "3")) // .set(.., namespace="main")
        .thenCompose(done -> cache.withNamespace("test").clear()) //      .clear(namespace="test")
        .thenCompose(
            done -> cache.withSerializer(compressed).set("d", "4")) // .set(.., dumps_fn=..)
        .thenCompose(done -> cache.withTimeout(minute).get("d")); //      .get("d", timeout=60)
  }

  static CompletionStage<?> emptyAndClose(AsyncCache<String, String> cache) {
    return cache
        .clear() //                                         cache.clear()
        .thenCompose(done -> cache.close()); //             cache.close()
  }
  // endregion
}
