package dev.larder.internal.memory;

import dev.larder.internal.CacheEntry;
import dev.larder.internal.eviction.Node;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Walks over the live entries; an entry counts as seen when it is handed out, not before. */
final class MemoryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final Iterator<Map.Entry<K, Node<V>>> mappings;
  private final MemoryEngine<K, V> engine;
  private @Nullable K nextKey;
  private @Nullable Node<V> nextNode;
  private @Nullable V nextValue;

  MemoryIterator(Iterator<Map.Entry<K, Node<V>>> mappings, MemoryEngine<K, V> engine) {
    this.mappings = mappings;
    this.engine = engine;
  }

  @Override
  public boolean hasNext() {
    return advance() != null;
  }

  /** Finds the next live node, unless it is found already, and returns it. */
  private @Nullable Node<V> advance() {
    while (nextNode == null && mappings.hasNext()) {
      Map.Entry<K, Node<V>> mapping = mappings.next();
      nextKey = mapping.getKey();
      nextValue = engine.live(mapping.getValue());
      nextNode = nextValue == null ? null : mapping.getValue();
    }
    return nextNode;
  }

  @Override
  public Cache.Entry<K, V> next() {
    Node<V> node = advance();
    K key = nextKey;
    V value = nextValue;
    if (key == null || node == null || value == null) {
      throw new NoSuchElementException("the cache has no more entries");
    }
    nextNode = null;
    V newest = Hold.committed(node, node.content());
    engine.noteIteration(node);
    return new CacheEntry<>(key, newest == null ? value : newest);
  }
}
