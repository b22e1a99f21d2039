package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;

/** The commands of aiocache. */
final class AiocacheCommands {
  private AiocacheCommands() {}

  // region
  static CompletionStage<List<String>> commands(Cache<String, String> users) {
    AsyncCache<String, String> cache = AsyncCache.of(users);
    return cache
        .set("key", "value") //                             await cache.set("key", "value")
        .thenCompose(done -> cache.get("key")) //           await cache.get("key")
        .thenCompose(value -> cache.get("none", "default")) //     .get("none", default="default")
        .thenCompose(value -> cache.add("new", "value")) //        .add("new", "value")
        .thenCompose(done -> cache.exists("key")) //               .exists("key")
        .thenCompose(exists -> cache.multiSet(Map.of("a", "1", "b", "2"))) // .multi_set([...])
        .thenCompose(done -> cache.increment("a", 41)) //          .increment("a", delta=41)
        .thenCompose(sum -> cache.expire("b", Duration.ofMinutes(5))) //  .expire("b", 300)
        .thenCompose(found -> cache.delete("key")) //              .delete("key")
        .thenCompose(count -> cache.multiGet(List.of("key", "a", "b"))); // .multi_get([...])
  }
  // endregion
}
