package dev.larder.internal.memory;

import dev.larder.internal.concurrent.Waits;
import dev.larder.internal.table.Node;
import dev.larder.internal.table.NodeTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives threads keys to themselves by putting a {@link Hold} in the place of the node's value.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class Holds<K, V> {
  private final String cacheName;
  private final NodeTable<K, V> table;
  private final Nodes<K, V> nodes;

  Holds(String cacheName, NodeTable<K, V> table, Nodes<K, V> nodes) {
    this.cacheName = cacheName;
    this.table = table;
    this.nodes = nodes;
  }

  /** Takes a key, after waiting until it is free. */
  Hold<V> acquire(K key) {
    Hold<V> mine = tryAcquire(key);
    while (mine == null) {
      awaitFree(key);
      mine = tryAcquire(key);
    }
    return mine;
  }

  /** Takes several keys; holds none while it waits for one, so that two such calls never block. */
  Map<K, Hold<V>> acquireAll(Collection<? extends K> keys) {
    List<K> inOrder = new ArrayList<>(keys);
    inOrder.sort(Comparator.comparingInt(Object::hashCode));
    Map<K, Hold<V>> holds = acquireFree(inOrder);
    while (holds.size() < inOrder.size()) {
      releaseAll(holds);
      for (K key : inOrder) {
        awaitFree(key);
      }
      holds = acquireFree(inOrder);
    }
    return holds;
  }

  /** Takes those of several distinct keys that are free, without waiting. */
  Map<K, Hold<V>> acquireFree(Collection<? extends K> keys) {
    Map<K, Hold<V>> holds = new LinkedHashMap<>();
    try {
      for (K key : keys) {
        Hold<V> mine = tryAcquire(key);
        if (mine != null) {
          holds.put(key, mine);
        }
      }
    } catch (Throwable e) { // from a key's own equals or hashCode
      releaseAll(holds);
      throw e;
    }
    return holds;
  }

  private @Nullable Hold<V> tryAcquire(K key) {
    for (; ; ) {
      Node<V> node = table.get(key);
      if (node == null) {
        Hold<V> mine = Hold.of(null);
        Node<V> blank = nodes.blank(key, mine);
        mine.setNode(blank);
        if (table.putIfAbsent(blank) == null) {
          return mine;
        }
        continue;
      }
      Object content = node.content();
      if (content == Hold.GONE) {
        table.remove(node);
      } else if (content instanceof Hold) {
        return null;
      } else {
        Hold<V> mine = Hold.of(Hold.committed(node, content));
        mine.setNode(node);
        if (node.replaceContent(content, mine)) {
          return mine;
        }
      }
    }
  }

  /**
   * Waits while a key is held, if it is.
   *
   * @throws javax.cache.CacheException if the wait would never end, or is interrupted
   */
  void awaitFree(K key) {
    Hold<V> hold = holdOf(key);
    if (hold != null) {
      Waits.awaitKey(cacheName, key, hold);
    }
  }

  /** Says whether a thread has a key to itself. */
  boolean isHeld(K key) {
    return holdOf(key) != null;
  }

  @SuppressWarnings("unchecked") // a hold in this table is one of its values
  private @Nullable Hold<V> holdOf(K key) {
    Node<V> node = table.get(key);
    if (node == null) {
      return null;
    }
    Object content = node.content();
    if (content == Hold.GONE) {
      table.remove(node);
      return null;
    }
    return content instanceof Hold ? (Hold<V>) content : null;
  }

  /**
   * Refuses a key that the calling thread holds.
   *
   * @throws javax.cache.CacheException if it does
   */
  void checkNotMine(K key) {
    Hold<V> hold = holdOf(key);
    if (hold != null && hold.occupant() == Thread.currentThread()) {
      throw Waits.ownKey(cacheName, key);
    }
  }

  /** Gives a key back, with the value that was last committed. */
  void release(K key, Hold<V> hold) {
    V value = hold.value();
    Node<V> node = hold.node();
    if (value == null) {
      drop(node);
    } else {
      node.setContent(value);
    }
    hold.release();
  }

  /** Takes a node out of the table; the caller has the key to itself. */
  private void drop(Node<V> node) {
    node.setContent(Hold.GONE);
    table.remove(node);
    nodes.removed(node);
  }

  /** Gives several keys back. */
  void releaseAll(Map<K, Hold<V>> holds) {
    holds.forEach(this::release);
  }
}
