package dev.larder.internal.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cache within a number of entries by the SIEVE policy: Zhang et al., "SIEVE is Simpler
 * than LRU", NSDI 2024.
 *
 * <p>Entries stand in a queue by age. A hit sets one flag on its entry. A hand wanders from old to
 * new: it clears the flag where it is set, and where it is not, that entry goes.
 */
final class SieveBound<V> {
  private final long maxEntries;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable BoundedNode<V> newest;

  @GuardedBy("lock")
  private @Nullable BoundedNode<V> oldest;

  @GuardedBy("lock")
  private @Nullable BoundedNode<V> hand;

  /** Written under the lock. */
  private volatile long size;

  SieveBound(long maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** Says whether there are more entries than there may be. */
  boolean isExceeded() {
    return size > maxEntries;
  }

  /** Lets an entry in. */
  void add(BoundedNode<V> node) {
    lock.lock();
    try {
      node.linked = true;
      node.older = newest;
      if (newest == null) {
        oldest = node;
      } else {
        newest.newer = node;
      }
      newest = node;
      setSize(size + 1);
    } finally {
      lock.unlock();
    }
  }

  /** Takes an entry out; without effect if it is out. */
  void remove(BoundedNode<V> node) {
    lock.lock();
    try {
      if (node.linked) {
        unlink(node);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the entry that should go, which stays in until it is removed, or {@code null}. */
  @Nullable BoundedNode<V> victim() {
    lock.lock();
    try {
      BoundedNode<V> node = hand == null ? oldest : hand;
      while (node != null && node.visited) {
        node.visited = false;
        node = node.newer == null ? oldest : node.newer;
      }
      hand = node == null ? null : node.newer;
      return node;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void unlink(BoundedNode<V> node) {
    BoundedNode<V> newer = node.newer;
    BoundedNode<V> older = node.older;
    if (hand == node) {
      hand = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
    node.newer = null;
    node.older = null;
    node.linked = false;
    setSize(size - 1);
  }

  @GuardedBy("lock")
  private void setSize(long newSize) {
    size = newSize;
  }
}
