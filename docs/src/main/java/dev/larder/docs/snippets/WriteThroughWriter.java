package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import java.util.Collection;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheWriter;

/** A cache whose changes go to a database first. */
final class WriteThroughWriter {
  private WriteThroughWriter() {}

  // region
  static final class StockWriter implements CacheWriter<String, Integer> {
    private final Map<String, Integer> database;

    StockWriter(Map<String, Integer> database) {
      this.database = database;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      database.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      for (var remaining = entries.iterator(); remaining.hasNext(); ) {
        write(remaining.next());
        remaining.remove(); // written: what is left when this method throws was not
      }
    }

    @Override
    public void delete(Object key) {
      database.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (var remaining = keys.iterator(); remaining.hasNext(); ) {
        delete(remaining.next());
        remaining.remove();
      }
    }
  }

  static Cache<String, Integer> create(CacheManager manager, Map<String, Integer> database) {
    return manager.createCache(
        "stock",
        LarderConfiguration.builder(String.class, Integer.class)
            .writeThrough(() -> new StockWriter(database))
            .build());
  }
  // endregion
}
