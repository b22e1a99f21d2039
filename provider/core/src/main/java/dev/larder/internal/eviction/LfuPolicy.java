package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/** A queue for each number of uses; the oldest node of the least used goes first. */
final class LfuPolicy implements NodePolicy {
  private static final byte QUEUED = 1;
  private static final int MOST_USES = 255;

  private final NodeQueue[] byUses = new NodeQueue[MOST_USES + 1];

  /** No queue below this one has a node. */
  private int least;

  LfuPolicy() {
    for (int uses = 0; uses <= MOST_USES; uses++) {
      byUses[uses] = new NodeQueue();
    }
  }

  private static int uses(BoundedNode<?> node) {
    return node.frequency & 0xFF;
  }

  @Override
  public boolean read(BoundedNode<?> node) {
    return true;
  }

  @Override
  public void touch(BoundedNode<?> node) {
    remove(node);
    addUsed(node, Math.min(MOST_USES, uses(node) + 1));
  }

  @Override
  public void add(BoundedNode<?> node) {
    addUsed(node, 0);
    node.state = QUEUED;
  }

  private void addUsed(BoundedNode<?> node, int uses) {
    node.frequency = (byte) uses;
    byUses[uses].add(node);
    least = Math.min(least, uses);
  }

  @Override
  public void remove(BoundedNode<?> node) {
    byUses[uses(node)].remove(node);
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    byUses[uses(node)].reweigh(difference);
    touch(node);
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    while (least < MOST_USES && byUses[least].isEmpty()) {
      least++;
    }
    return byUses[least].oldest();
  }
}
