package dev.larder.internal.eviction;

import dev.larder.internal.table.Node;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry of a bounded cache, which carries the books that eviction keeps of it: 48 bytes.
 *
 * @param <V> the type of the value
 */
public class BoundedNode<V> extends Node<V> {
  /** The state of a node that is in no order yet. */
  static final byte NEW = 0;

  /** The state of a node that has left, and never comes back. */
  static final byte GONE = -1;

  static final byte MOST_HITS = 15;

  /** Hits since the policy last looked, counted without a lock; a lost one costs accuracy alone. */
  byte hits;

  // What follows is the policy's, guarded by the bound's lock; readers look without it.
  byte state;
  byte stamp;
  byte frequency;
  @Nullable BoundedNode<?> newer;
  @Nullable BoundedNode<?> older;

  /** Makes a node of weight 1. */
  public BoundedNode(Object key, Object content, long deadline) {
    super(key, content, deadline);
  }

  long weight() {
    return 1;
  }

  /** Takes on another weight, where nodes are weighed; returns how much more that is. */
  long reweigh(int newWeight) {
    return 0;
  }

  /** Returns the key's hash code with its bits spread. */
  final int hash() {
    return spread(key().hashCode());
  }

  static int spread(int hash) {
    int bits = hash * 0x9E3779B9;
    bits = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
    return bits ^ (bits >>> 13);
  }

  /** Says whether the node is in its policy's books. */
  final boolean isIn() {
    return state > NEW;
  }

  /** Counts a hit, up to a number that is enough for every policy. */
  final void countHit() {
    byte count = hits;
    if (count < MOST_HITS) {
      hits = (byte) (count + 1);
    }
  }
}
