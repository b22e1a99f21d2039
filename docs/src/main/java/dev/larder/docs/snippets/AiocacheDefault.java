package dev.larder.docs.snippets;

import dev.larder.Eviction;
import dev.larder.Larder;
import dev.larder.LarderConfiguration;
import dev.larder.async.Cached;
import dev.larder.jackson.JacksonSerializer;
import java.net.URI;
import java.util.function.Function;
import javax.cache.Cache;

/** A cache for a whole project. */
final class AiocacheDefault {
  private AiocacheDefault() {}

  // region
  static void whenTheApplicationStarts(URI backend) { // redis://127.0.0.1:6379
    Larder.configureDefault( //                          aiocache.config_default_cache(
        backend, //                                        backend=aiocache.RedisCache, ...
        LarderConfiguration.builder(String.class, String.class)
            .serializer(JacksonSerializer.of(String.class)) // serializer=JsonSerializer())
            .build());
  }

  static Function<String, String> anywhere(Function<String, String> load) {
    return Cached.<String, String>ofDefault().decorate(load); // @cached()
  }

  static Cache<String, String> directly() {
    return Larder.defaultCache(); //                     from aiocache import default_cache
  }

  static Cache<String, String> bounded() {
    return Larder.configure( //                          caches.add("recent", {...})
        "recent",
        URI.create("memory:recent"),
        LarderConfiguration.builder(String.class, String.class)
            .maxEntries(1_000) //                          policy=LRUPolicy(max_keys=1000)
            .evictionPolicy(Eviction.LRU)
            .build());
  }
  // endregion
}
