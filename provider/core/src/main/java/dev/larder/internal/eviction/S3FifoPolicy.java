package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/**
 * A small queue for what is new, a main queue for what was used more than once while it was new or
 * comes back soon after it was evicted.
 */
final class S3FifoPolicy implements NodePolicy {
  private static final byte SMALL = 1;
  private static final byte MAIN = 2;
  private static final int SMALL_SHARE = 10;
  private static final int MOST_HITS = 3;

  private final NodeQueue small = new NodeQueue();
  private final NodeQueue main = new NodeQueue();
  private final History history = new History();
  private long capacity;
  private int count;

  @Override
  public void capacity(long newCapacity) {
    capacity = newCapacity;
  }

  @Override
  public boolean read(BoundedNode<?> node) {
    touchOnce(node);
    return false;
  }

  private static void touchOnce(BoundedNode<?> node) {
    if (node.hits < MOST_HITS) {
      node.hits++;
    }
  }

  @Override
  public void touch(BoundedNode<?> node) {
    node.hits = MOST_HITS;
  }

  @Override
  public void add(BoundedNode<?> node) {
    enter(node, history.take(node.hash()) > 0 ? MAIN : SMALL);
    count++;
  }

  private void enter(BoundedNode<?> node, byte state) {
    node.state = state;
    queueOf(node).add(node);
  }

  private NodeQueue queueOf(BoundedNode<?> node) {
    return node.state == SMALL ? small : main;
  }

  @Override
  public void remove(BoundedNode<?> node) {
    queueOf(node).remove(node);
    count--;
  }

  @Override
  public void evict(BoundedNode<?> node) {
    if (node.state == SMALL) {
      history.put(node.hash(), 1, count);
    }
    remove(node);
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    queueOf(node).reweigh(difference);
    touchOnce(node);
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    while (true) {
      boolean fromSmall = small.weight() * SMALL_SHARE > capacity || main.isEmpty();
      BoundedNode<?> oldest = fromSmall ? small.oldest() : main.oldest();
      if (oldest == null || oldest.hits <= (fromSmall ? 1 : 0)) {
        return oldest;
      }
      queueOf(oldest).remove(oldest);
      oldest.hits = (byte) (fromSmall ? 0 : oldest.hits - 1);
      enter(oldest, MAIN);
    }
  }
}
