package dev.larder.internal.eviction;

import org.jspecify.annotations.Nullable;

/**
 * W-TinyLFU: a window for what is new, and a main queue for what was used more often than the entry
 * it replaces there. {@link Rehearsals} find the window's share of the cache.
 *
 * <p>Uses are counted in the nodes while an entry is in the cache, and in the {@link History} when
 * it has left; they are halved whenever four times as much has come as fits. So a reader only
 * counts up a byte of the node. The window is in the order of use, but a node moves to its front
 * only if enough has come since it last did: readers take the lock for few of their hits.
 */
final class TinyLfuPolicy implements NodePolicy {
  private static final byte WINDOW = 1;
  private static final byte MAIN = 2;

  /** Added to the state of a node whose uses are rehearsed. */
  private static final byte REHEARSED = 4;

  /** So many times the clock ticks while as much comes as fits. */
  private static final int TICKS = 4;

  /** An epoch has 16 ticks; the uses of a node are halved for each that has begun since. */
  private static final int TICKS_OF_EPOCH_BITS = 4;

  private static final int MOST_USES = 15;

  /** No insertion waits for more than this. */
  private static final int MOST_MOVES = 64;

  private final NodeQueue window = new NodeQueue();
  private final NodeQueue main = new NodeQueue();
  private final History history = new History();
  private final @Nullable Rehearsals rehearsals;
  private long capacity = Long.MAX_VALUE;
  private long windowCapacity = Long.MAX_VALUE;
  private double windowShare;
  private long comeSinceTick;
  private byte clock;
  private int count;

  /** Finds the window's share itself. */
  TinyLfuPolicy() {
    this.rehearsals = new Rehearsals();
    this.windowShare = rehearsals.windowShare();
  }

  /** Keeps a fixed share of the cache for the window. */
  TinyLfuPolicy(double windowShare) {
    this.rehearsals = null;
    this.windowShare = windowShare;
  }

  @Override
  public void capacity(long newCapacity) {
    capacity = newCapacity;
    if (rehearsals != null) {
      rehearsals.capacity(newCapacity);
    }
    setWindowShare(windowShare);
  }

  private void setWindowShare(double share) {
    windowShare = share;
    windowCapacity = Math.max(1, Math.round(capacity * share));
  }

  // ---- uses -----------------------------------------------------------------------------------

  @Override
  public boolean read(BoundedNode<?> node) {
    node.countHit();
    byte state = node.state;
    return state == WINDOW ? node.stamp != clock : state > MAIN;
  }

  @Override
  public void touch(BoundedNode<?> node) {
    rehearse(node);
    if (isInWindow(node) && node.stamp != clock) {
      countUses(node);
      window.renew(node);
    }
  }

  @Override
  public void spare(BoundedNode<?> node) {
    queueOf(node).renew(node);
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    queueOf(node).reweigh(difference);
    node.countHit();
    touch(node);
  }

  private void rehearse(BoundedNode<?> node) {
    if (rehearsals != null && node.state > MAIN) {
      if (!rehearsals.use(node.hash(), node.weight())) {
        node.state -= REHEARSED;
      } else if (rehearsals.windowShare() != windowShare) {
        setWindowShare(rehearsals.windowShare());
      }
    }
  }

  /** Adds a node's hits to its uses; returns whether it had any. */
  private boolean countUses(BoundedNode<?> node) {
    int epochs = (epoch(clock) - epoch(node.stamp)) & 0xF;
    int hits = node.hits;
    node.frequency = (byte) Math.min(MOST_USES, (node.frequency >>> epochs) + hits);
    node.stamp = clock;
    node.hits = 0;
    return hits > 0;
  }

  private static int epoch(byte time) {
    return (time & 0xFF) >>> TICKS_OF_EPOCH_BITS;
  }

  // ---- coming and going -----------------------------------------------------------------------

  @Override
  public void add(BoundedNode<?> node) {
    comeSinceTick += node.weight();
    if (comeSinceTick >= Math.max(1, capacity / TICKS)) {
      comeSinceTick = 0;
      clock++;
    }
    int hash = node.hash();
    node.frequency = (byte) Math.min(MOST_USES, 1 + history.take(hash));
    node.stamp = clock;
    node.state = WINDOW;
    window.add(node);
    count++;
    if (rehearsals != null && window.weight() + main.weight() > capacity / 2) {
      node.state += REHEARSED;
      rehearse(node);
    }
  }

  private static boolean isInWindow(BoundedNode<?> node) {
    return (node.state & WINDOW) != 0;
  }

  private NodeQueue queueOf(BoundedNode<?> node) {
    return isInWindow(node) ? window : main;
  }

  @Override
  public void remove(BoundedNode<?> node) {
    queueOf(node).remove(node);
    count--;
  }

  @Override
  public void evict(BoundedNode<?> node) {
    countUses(node);
    history.put(node.hash(), node.frequency, count);
    remove(node);
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    for (int moves = 0; window.weight() > windowCapacity; moves++) {
      BoundedNode<?> candidate = window.oldest();
      if (candidate == null) {
        break;
      }
      if (moves < MOST_MOVES && main.weight() + candidate.weight() <= capacity - windowCapacity) {
        moveToMain(candidate);
        continue;
      }
      BoundedNode<?> rival = oldestUnusedOfMain();
      if (rival == null) {
        return candidate;
      }
      countUses(candidate);
      if (candidate.frequency <= Math.max(1, rival.frequency)) {
        return candidate;
      }
      moveToMain(candidate);
      return rival;
    }
    BoundedNode<?> oldest = oldestUnusedOfMain();
    return oldest == null ? window.oldest() : oldest;
  }

  private void moveToMain(BoundedNode<?> node) {
    window.remove(node);
    node.state = (byte) (node.state + MAIN - WINDOW);
    main.add(node);
  }

  /** Returns the next of the main queue to go, which spares those that were hit, within reason. */
  private @Nullable BoundedNode<?> oldestUnusedOfMain() {
    BoundedNode<?> node = main.oldest();
    for (int moves = 0; node != null && countUses(node) && moves < MOST_MOVES; moves++) {
      main.renew(node);
      node = main.oldest();
    }
    return node;
  }
}
