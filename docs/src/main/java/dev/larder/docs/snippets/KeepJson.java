package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import dev.larder.jackson.JacksonSerializer;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A cache whose values are JSON. */
final class KeepJson {
  private KeepJson() {}

  // region
  record Basket(String owner, List<String> fruit) {}

  static Cache<String, Basket> createBaskets(CacheManager manager) {
    return manager.createCache(
        "baskets",
        LarderConfiguration.builder(String.class, Basket.class)
            .serializer(JacksonSerializer.of(Basket.class))
            .build());
  }
  // endregion
}
