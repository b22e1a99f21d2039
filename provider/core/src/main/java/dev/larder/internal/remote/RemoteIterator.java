package dev.larder.internal.remote;

import dev.larder.internal.CacheEntry;
import dev.larder.spi.Stored;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Walks over the entries of a cache, a page of keys and their values at a time. */
final class RemoteIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final RemoteParts<K, V> parts;
  private final BiConsumer<byte[], Stored> onNext;
  private final KeyPages pages;
  private final Queue<Read<K, V>> read = new ArrayDeque<>();

  RemoteIterator(RemoteParts<K, V> parts, BiConsumer<byte[], Stored> onNext) {
    this.parts = parts;
    this.onNext = onNext;
    this.pages = new KeyPages(parts);
  }

  @Override
  public boolean hasNext() {
    while (read.isEmpty() && pages.hasNext()) {
      readPage(pages.next());
    }
    return !read.isEmpty();
  }

  @Override
  public Cache.Entry<K, V> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the cache has no more entries");
    }
    Read<K, V> next = read.remove();
    onNext.accept(next.bytes, next.stored);
    return next.entry;
  }

  private void readPage(List<byte[]> page) {
    List<@Nullable Stored> stored =
        CallerRuns.await(parts.cacheName(), "iterator", worker -> parts.store().getAll(page));
    for (int i = 0; i < page.size(); i++) {
      Stored found = stored.get(i);
      V value = parts.values().decode(found);
      if (found != null && value != null) {
        add(page.get(i), found, value);
      }
    }
  }

  private void add(byte[] bytes, Stored stored, V value) {
    parts
        .keys()
        .ifKey(bytes, key -> read.add(new Read<>(bytes, stored, new CacheEntry<>(key, value))));
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Read<K, V>(byte[] bytes, Stored stored, Cache.Entry<K, V> entry) {}
}
