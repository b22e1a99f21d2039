package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;

/** A cache that fetches what it does not have. */
final class ReadThroughLoader {
  private ReadThroughLoader() {}

  // region
  static final class PriceLoader implements CacheLoader<String, Integer> {
    private final Map<String, Integer> database;

    PriceLoader(Map<String, Integer> database) {
      this.database = database;
    }

    @Override
    public @Nullable Integer load(String article) {
      return database.get(article); // null: there is none
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> articles) {
      Map<String, Integer> found = new HashMap<>();
      articles.forEach(article -> found.put(article, load(article)));
      return found;
    }
  }

  static Cache<String, Integer> create(CacheManager manager, Map<String, Integer> database) {
    return manager.createCache(
        "prices",
        LarderConfiguration.builder(String.class, Integer.class)
            .readThrough(() -> new PriceLoader(database))
            .build());
  }

  static void warmUp(Cache<String, Integer> prices)
      throws InterruptedException, ExecutionException {
    CompletionListenerFuture done = new CompletionListenerFuture();
    prices.loadAll(Set.of("apple", "pear"), false, done); // false: keep what is there
    done.get();
  }
  // endregion
}
