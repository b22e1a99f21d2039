package dev.larder.internal.memory;

import dev.larder.internal.CacheEntry;
import dev.larder.internal.table.Node;
import dev.larder.internal.table.NodeTable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Walks over the live entries; an entry counts as seen when it is handed out, not before. */
final class MemoryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final NodeTable<K, V> table;
  private final Iterator<Node<V>> nodes;
  private final MemoryEngine<K, V> engine;
  private @Nullable Node<V> nextNode;
  private @Nullable V nextValue;

  MemoryIterator(NodeTable<K, V> table, MemoryEngine<K, V> engine) {
    this.table = table;
    this.nodes = table.iterator();
    this.engine = engine;
  }

  @Override
  public boolean hasNext() {
    return advance() != null;
  }

  /** Finds the next live node, unless it is found already, and returns it. */
  private @Nullable Node<V> advance() {
    while (nextNode == null && nodes.hasNext()) {
      Node<V> node = nodes.next();
      nextValue = engine.live(node);
      nextNode = nextValue == null ? null : node;
    }
    return nextNode;
  }

  @Override
  public Cache.Entry<K, V> next() {
    Node<V> node = advance();
    V value = nextValue;
    if (node == null || value == null) {
      throw new NoSuchElementException("the cache has no more entries");
    }
    nextNode = null;
    V newest = Hold.committed(node, node.content());
    engine.noteIteration(node);
    return new CacheEntry<>(table.key(node), newest == null ? value : newest);
  }
}
