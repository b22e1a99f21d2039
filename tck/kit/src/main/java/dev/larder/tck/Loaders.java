package dev.larder.tck;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** Cache loaders for tests. */
final class Loaders {
  private Loaders() {}

  /** A loader that is one function, called once for each key. */
  static final class Simple<K, V> implements CacheLoader<K, V> {
    private final Function<? super K, ? extends @Nullable V> function;

    Simple(Function<? super K, ? extends @Nullable V> function) {
      this.function = function;
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null where there is no value
    public V load(K key) {
      return function.apply(key);
    }

    @Override
    @SuppressWarnings("NullAway") // nulls are for the cache to leave out
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
      Map<K, V> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, function.apply(key)));
      return loaded;
    }
  }

  /** Loads the number of values that it has loaded by then, and counts its calls. */
  static final class Counting implements CacheLoader<String, Integer> {
    final AtomicInteger values = new AtomicInteger();
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger bulkLoads = new AtomicInteger();

    @Override
    public Integer load(String key) {
      loads.incrementAndGet();
      return values.incrementAndGet();
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      bulkLoads.incrementAndGet();
      Map<String, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, values.incrementAndGet()));
      return loaded;
    }
  }
}
