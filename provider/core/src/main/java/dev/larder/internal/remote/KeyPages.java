package dev.larder.internal.remote;

import dev.larder.spi.RemoteStore;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks over the keys of a cache page by page, asking for a page when it is needed. */
final class KeyPages implements Iterator<List<byte[]>> {
  private final RemoteParts<?, ?> parts;
  private @Nullable String cursor;
  private boolean atEnd;

  KeyPages(RemoteParts<?, ?> parts) {
    this.parts = parts;
  }

  @Override
  public boolean hasNext() {
    return !atEnd;
  }

  /** Returns the next page, which may be empty. */
  @Override
  public List<byte[]> next() {
    if (atEnd) {
      throw new NoSuchElementException("the cache has no more keys");
    }
    RemoteStore.Page page =
        CallerRuns.await(
            parts.cacheName(),
            "iterator",
            worker -> parts.store().scan(parts.keys().prefix(), cursor));
    cursor = page.cursor();
    atEnd = cursor == null;
    return page.keys();
  }
}
