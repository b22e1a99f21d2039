package dev.larder.async;

import dev.larder.Larder;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The default cache as it is configured now. */
final class DefaultCache<K, V> implements Supplier<AsyncCache<K, V>> {
  private volatile @Nullable AsyncCache<K, V> last;

  @Override
  public AsyncCache<K, V> get() {
    Cache<K, V> cache = Larder.defaultCache();
    AsyncCache<K, V> known = last;
    if (known != null && known.cache() == cache) {
      return known;
    }
    AsyncCache<K, V> made = AsyncCache.of(cache);
    last = made;
    return made;
  }
}
