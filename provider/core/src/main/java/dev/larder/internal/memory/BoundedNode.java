package dev.larder.internal.memory;

import org.jspecify.annotations.Nullable;

/** A stored entry of a bounded cache, which knows its place in the {@link SieveBound}: 40 bytes. */
final class BoundedNode<V> extends Node<V> {
  final Object key;

  /** Set by readers without a lock; a lost write costs a bit of accuracy and nothing else. */
  boolean visited;

  // Guarded by the bound's lock.
  boolean linked;
  @Nullable BoundedNode<V> newer;
  @Nullable BoundedNode<V> older;

  BoundedNode(Object key, Object value, long deadline) {
    super(value, deadline);
    this.key = key;
  }
}
