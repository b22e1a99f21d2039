package dev.larder.internal.front;

import dev.larder.internal.CacheEntry;
import java.util.Iterator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Hands out copies of what the engine iterates over, and removes through the cache. */
final class CacheIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final LarderCache<K, V> cache;
  private final Iterator<Cache.Entry<K, V>> entries;
  private final CacheAssembly<K, V> assembly;
  private @Nullable K last;

  CacheIterator(
      LarderCache<K, V> cache, Iterator<Cache.Entry<K, V>> entries, CacheAssembly<K, V> assembly) {
    this.cache = cache;
    this.entries = entries;
    this.assembly = assembly;
  }

  @Override
  public boolean hasNext() {
    return entries.hasNext();
  }

  @Override
  public Cache.Entry<K, V> next() {
    Cache.Entry<K, V> entry = entries.next();
    last = entry.getKey();
    return new CacheEntry<>(assembly.copyKey(entry.getKey()), assembly.copyValue(entry.getValue()));
  }

  @Override
  public void remove() {
    K key = last;
    if (key == null) {
      throw new IllegalStateException("remove() needs a next() before it, and works once for each");
    }
    last = null;
    cache.remove(key);
  }
}
