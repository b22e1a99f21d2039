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

/** Walks over the entries of a cache; pages of keys may be long, of values there are but few. */
final class RemoteIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private static final int AT_A_TIME = 1_000;

  private final RemoteParts<K, V> parts;
  private final BiConsumer<byte[], Stored> onNext;
  private final KeyPages pages;
  private List<byte[]> unread = List.of();
  private final Queue<Read<K, V>> read = new ArrayDeque<>();

  RemoteIterator(RemoteParts<K, V> parts, BiConsumer<byte[], Stored> onNext) {
    this.parts = parts;
    this.onNext = onNext;
    this.pages = new KeyPages(parts);
  }

  @Override
  public boolean hasNext() {
    while (read.isEmpty() && (!unread.isEmpty() || pages.hasNext())) {
      if (unread.isEmpty()) {
        unread = pages.next();
      }
      int count = Math.min(unread.size(), AT_A_TIME);
      readValues(unread.subList(0, count));
      unread = unread.subList(count, unread.size());
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

  private void readValues(List<byte[]> some) {
    List<@Nullable Stored> stored =
        CallerRuns.await(
            parts.cacheName(), "iterator", worker -> parts.cacheStore().entries().getAll(some));
    for (int i = 0; i < some.size(); i++) {
      Stored found = stored.get(i);
      V value = parts.values().decode(some.get(i), found);
      if (found != null && value != null) {
        add(some.get(i), found, value);
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
