package dev.larder.internal.table;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A sixteenth of a table's bins: those whose chains one lock protects. Always the same hashes,
 * however many bins there are.
 *
 * <p>The lock is held while a node is put in front of a chain or taken out, and while all chains
 * move to a larger array. No code of the user's runs meanwhile: keys are compared without the lock,
 * and what was found is confirmed under it.
 */
final class Stripe<V> {
  /** How many there are. */
  static final int COUNT = 16;

  private static final int GROUP_BITS = 4;

  /** So many bins side by side, a line of the processor's cache, belong to one stripe. */
  static final int GROUP = 1 << GROUP_BITS;

  private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Node[].class);

  private final int number;
  private final ReentrantLock lock = new ReentrantLock();

  /** Where the chains are, or {@code null} while they move. Written under the lock. */
  private volatile Node<V> @Nullable [] bins;

  /** Written under the lock. */
  private volatile int size;

  /** Set under the lock, and for good. */
  private volatile boolean full;

  Stripe(int number, Node<V>[] bins) {
    this.number = number;
    this.bins = bins;
  }

  static int numberOf(int hash) {
    return (hash >>> GROUP_BITS) & (COUNT - 1);
  }

  @SuppressWarnings("unchecked") // the array was made for nodes of this type
  static <V> @Nullable Node<V> head(Node<V>[] bins, int index) {
    return (Node<V>) BIN.getAcquire(bins, index);
  }

  private static <V> void setHead(Node<V>[] bins, int index, @Nullable Node<V> node) {
    BIN.setRelease(bins, index, node);
  }

  /** Returns where the chains are, after waiting while they move. */
  Node<V>[] bins() {
    Node<V>[] now = bins;
    if (now != null) {
      return now;
    }
    lock.lock();
    try {
      return requireNonNull(bins, "who moves the chains holds the lock");
    } finally {
      lock.unlock();
    }
  }

  /** Says whether the chains are still there, so that a key which was not found is not there. */
  boolean areIn(Node<V>[] seen) {
    return bins == seen;
  }

  int size() {
    return size;
  }

  /** Says whether the chains take no more nodes. */
  boolean isFull() {
    return full;
  }

  void close() {
    lock.lock();
    try {
      full = true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a node in front of a chain, if that is as the caller saw it. */
  boolean push(Node<V>[] seen, @Nullable Node<V> head, Node<V> node) {
    int index = node.hash() & (seen.length - 1);
    lock.lock();
    try {
      if (full || bins != seen || head(seen, index) != head) {
        return false;
      }
      node.setNext(head);
      setHead(seen, index, node);
      changeSize(1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a node out of its chain; returns whether it was there. Readers can still go on from it.
   */
  boolean unlink(Node<?> node) {
    lock.lock();
    try {
      Node<V>[] now = bins();
      int index = node.hash() & (now.length - 1);
      Node<V> previous = null;
      Node<V> other = head(now, index);
      while (other != null && other != node) {
        previous = other;
        other = other.next();
      }
      if (other == null) {
        return false;
      }
      if (previous == null) {
        setHead(now, index, other.next());
      } else {
        previous.setNext(other.next());
      }
      changeSize(-1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void changeSize(int difference) {
    int newSize = size + difference;
    size = newSize;
  }

  /** Moves all chains into an array of twice the length; each becomes two. */
  void moveTo(Node<V>[] larger) {
    lock.lock();
    try {
      Node<V>[] old = bins();
      bins = null;
      for (int first = number * GROUP; first < old.length; first += COUNT * GROUP) {
        for (int index = first; index < first + GROUP; index++) {
          split(head(old, index), index, old.length, larger);
        }
      }
      bins = larger;
      clear(old);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the order of the nodes, so that who is reading the chain comes to its end. */
  @GuardedBy("lock")
  private void split(@Nullable Node<V> head, int index, int distance, Node<V>[] larger) {
    Node<V> lastLow = null;
    Node<V> lastHigh = null;
    for (Node<V> node = head; node != null; node = node.next()) {
      if ((node.hash() & distance) == 0) {
        append(lastLow, node, larger, index);
        lastLow = node;
      } else {
        append(lastHigh, node, larger, index + distance);
        lastHigh = node;
      }
    }
    if (lastLow != null) {
      lastLow.setNext(null);
    }
    if (lastHigh != null) {
      lastHigh.setNext(null);
    }
  }

  /** Sends readers of an array that the chains have left on to where they are now. */
  private void clear(Node<V>[] left) {
    for (int first = number * GROUP; first < left.length; first += COUNT * GROUP) {
      for (int index = first; index < first + GROUP; index++) {
        setHead(left, index, null);
      }
    }
  }

  private static <V> void append(@Nullable Node<V> last, Node<V> node, Node<V>[] bins, int index) {
    if (last == null) {
      setHead(bins, index, node);
    } else {
      last.setNext(node);
    }
  }

  /**
   * Collects the nodes of a group of bins, as they were when there were so many bins in all; now
   * there may be more.
   */
  void collect(int firstBin, int ofBins, List<Node<V>> nodes) {
    lock.lock();
    try {
      Node<V>[] now = bins();
      for (int first = firstBin; first < now.length; first += ofBins) {
        for (int index = first; index < first + GROUP; index++) {
          for (Node<V> node = head(now, index); node != null; node = node.next()) {
            nodes.add(node);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all nodes. */
  void reset(Node<V>[] empty) {
    lock.lock();
    try {
      bins = empty;
      size = 0;
    } finally {
      lock.unlock();
    }
  }
}
