package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/** Nodes in a row from newest to oldest, linked through the nodes themselves. */
final class NodeQueue {
  private @Nullable BoundedNode<?> newest;
  private @Nullable BoundedNode<?> oldest;
  private long weight;

  @Nullable BoundedNode<?> newest() {
    return newest;
  }

  @Nullable BoundedNode<?> oldest() {
    return oldest;
  }

  boolean isEmpty() {
    return oldest == null;
  }

  /** Returns what the nodes weigh together. */
  long weight() {
    return weight;
  }

  void add(BoundedNode<?> node) {
    node.older = newest;
    if (newest == null) {
      oldest = node;
    } else {
      newest.newer = node;
    }
    newest = node;
    weight += node.weight();
  }

  void remove(BoundedNode<?> node) {
    BoundedNode<?> newer = node.newer;
    BoundedNode<?> older = node.older;
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
    weight -= node.weight();
  }

  void renew(BoundedNode<?> node) {
    if (node != newest) {
      remove(node);
      add(node);
    }
  }

  /** Notes that a node in the row has become heavier, or lighter. */
  void reweigh(long difference) {
    weight += difference;
  }
}
