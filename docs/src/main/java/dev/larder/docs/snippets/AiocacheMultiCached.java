package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.async.MultiCached;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The decorator {@code @multi_cached}. */
final class AiocacheMultiCached {
  private AiocacheMultiCached() {}

  // region
  static Function<Collection<? extends Integer>, Map<Integer, String>> decorate(
      AsyncCache<String, String> cache, Function<Set<Integer>, Map<Integer, String>> loadUsers) {
    return MultiCached.of(cache) //                      @multi_cached(cache,
        .skip(String::isEmpty) //                          skip_cache_func=lambda k, v: not v,
        .decorate(id -> "user:" + id, loadUsers); //       keys_from_attr="ids", key_builder=...)
  }
  // endregion
}
