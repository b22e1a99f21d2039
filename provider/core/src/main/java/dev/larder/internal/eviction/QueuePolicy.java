package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/** One queue, whose oldest node goes first: FIFO, or LRU where a hit makes a node new again. */
final class QueuePolicy implements NodePolicy {
  private static final byte QUEUED = 1;

  private final NodeQueue queue = new NodeQueue();
  private final boolean renewing;

  private QueuePolicy(boolean renewing) {
    this.renewing = renewing;
  }

  static QueuePolicy fifo() {
    return new QueuePolicy(false);
  }

  static QueuePolicy lru() {
    return new QueuePolicy(true);
  }

  @Override
  public boolean read(BoundedNode<?> node) {
    return renewing && node != queue.newest();
  }

  @Override
  public void touch(BoundedNode<?> node) {
    queue.renew(node);
  }

  @Override
  public void add(BoundedNode<?> node) {
    queue.add(node);
    node.state = QUEUED;
  }

  @Override
  public void remove(BoundedNode<?> node) {
    queue.remove(node);
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    queue.reweigh(difference);
    if (renewing) {
      queue.renew(node);
    }
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    return queue.oldest();
  }
}
