package dev.larder.internal.memory;

import dev.larder.internal.concurrent.Waits;
import dev.larder.internal.eviction.Node;
import dev.larder.internal.operation.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives threads keys to themselves by putting a {@link Hold} in the place of the key's node.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class Holds<K, V> {
  private final String cacheName;
  private final ConcurrentHashMap<K, Entry<V>> map;

  Holds(String cacheName, ConcurrentHashMap<K, Entry<V>> map) {
    this.cacheName = cacheName;
    this.map = map;
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
      Entry<V> mapped = map.get(key);
      if (mapped instanceof Hold) {
        return null;
      }
      Hold<V> mine = new Hold<>((Node<V>) mapped);
      boolean taken =
          mapped == null ? map.putIfAbsent(key, mine) == null : map.replace(key, mapped, mine);
      if (taken) {
        return mine;
      }
    }
  }

  /**
   * Waits while a key is held, if it is.
   *
   * @throws javax.cache.CacheException if the wait would never end, or is interrupted
   */
  void awaitFree(K key) {
    if (!(map.get(key) instanceof Hold<V> hold)) {
      return;
    }
    Waits.awaitKey(cacheName, key, hold);
  }

  /**
   * Refuses a key that the calling thread holds.
   *
   * @throws javax.cache.CacheException if it does
   */
  void checkNotMine(K key) {
    if (map.get(key) instanceof Hold<V> hold && hold.occupant() == Thread.currentThread()) {
      throw Waits.ownKey(cacheName, key);
    }
  }

  /** Gives a key back, with the node that was last committed. */
  void release(K key, Hold<V> hold) {
    Node<V> node = hold.node();
    if (node == null) {
      map.remove(key, hold);
    } else {
      map.replace(key, hold, node);
    }
    hold.release();
  }

  /** Gives several keys back. */
  void releaseAll(Map<K, Hold<V>> holds) {
    holds.forEach(this::release);
  }
}
