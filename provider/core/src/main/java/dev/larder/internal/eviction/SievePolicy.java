package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/**
 * Nodes in a row by age, and a hand that wanders from old to new: it spares once what was hit since
 * it last came by, and what was not goes.
 */
final class SievePolicy implements NodePolicy {
  private static final byte QUEUED = 1;

  private final NodeQueue queue = new NodeQueue();
  private @Nullable BoundedNode<?> hand;

  @Override
  public boolean read(BoundedNode<?> node) {
    if (node.hits == 0) {
      node.hits = 1;
    }
    return false;
  }

  @Override
  public void touch(BoundedNode<?> node) {
    node.hits = 1;
  }

  @Override
  public void add(BoundedNode<?> node) {
    queue.add(node);
    node.state = QUEUED;
  }

  @Override
  public void remove(BoundedNode<?> node) {
    if (hand == node) {
      hand = node.newer;
    }
    queue.remove(node);
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    queue.reweigh(difference);
    touch(node);
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    BoundedNode<?> node = hand == null ? queue.oldest() : hand;
    while (node != null && node.hits > 0) {
      node.hits = 0;
      node = node.newer == null ? queue.oldest() : node.newer;
    }
    hand = node;
    return node;
  }
}
