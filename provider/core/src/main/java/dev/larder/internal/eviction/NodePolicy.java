package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/**
 * An eviction policy that keeps its books in the nodes themselves.
 *
 * <p>All methods but {@link #read} are called under the lock of the {@link Bound}. A policy gives
 * the nodes in its books a state above {@link BoundedNode#NEW}.
 */
interface NodePolicy {

  /**
   * Notes a hit without a lock, so in the node alone.
   *
   * @return whether the policy wants to {@link #touch} the node under the lock
   */
  boolean read(BoundedNode<?> node);

  /** Notes a hit under the lock. */
  void touch(BoundedNode<?> node);

  /** Notes that a node could not be evicted now, so that another is the next victim. */
  default void spare(BoundedNode<?> node) {
    touch(node);
  }

  /** Takes in a node that is new. */
  void add(BoundedNode<?> node);

  /** Takes a node out of the books. */
  void remove(BoundedNode<?> node);

  /** Takes out a node that was evicted, so that the policy may remember its key. */
  default void evict(BoundedNode<?> node) {
    remove(node);
  }

  /** Notes that a node in the books has another value, and its weight has changed. */
  default void update(BoundedNode<?> node, long difference) {}

  /** Returns the node that should go, which stays in the books, or {@code null} for none. */
  @Nullable BoundedNode<?> victim();

  /** Learns how much the nodes may weigh together. */
  default void capacity(long capacity) {}
}
