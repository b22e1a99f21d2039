package dev.larder.internal.memory;

import dev.larder.internal.concurrent.Occupied;
import dev.larder.internal.eviction.Node;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of a key's node while one thread has the key to itself.
 *
 * <p>User code runs while a key is held, so for as long as it likes: no lock is held meanwhile,
 * other keys are not affected, readers go on with the node that was last committed, and only those
 * who want to change this key wait.
 */
final class Hold<V> extends Node<V> implements Occupied {
  /** A deadline that no node has, which sends lock-free readers to the slow path. */
  static final long HELD = Long.MIN_VALUE + 1;

  private static final Object NO_VALUE = new Object();
  private static final CountDownLatch RELEASED = new CountDownLatch(0);

  private final Thread holder = Thread.currentThread();
  private final AtomicReference<@Nullable CountDownLatch> waiters = new AtomicReference<>();
  private volatile @Nullable Node<V> node;

  Hold(@Nullable Node<V> node) {
    super(NO_VALUE, HELD);
    this.node = node;
  }

  /** Returns the node that readers see, or {@code null} where the key has none. */
  @Nullable Node<V> node() {
    return node;
  }

  /** Makes a node visible to readers. */
  void commit(@Nullable Node<V> newNode) {
    node = newNode;
  }

  /** Wakes all who wait; the caller has taken the hold out of the map. */
  void release() {
    CountDownLatch latch = waiters.getAndSet(RELEASED);
    if (latch != null) {
      latch.countDown();
    }
  }

  @Override
  public Thread occupant() {
    return holder;
  }

  @Override
  public boolean isFree() {
    return waiters.get() == RELEASED;
  }

  @Override
  public void awaitFree() throws InterruptedException {
    if (waiters.get() == null) {
      waiters.compareAndSet(null, new CountDownLatch(1));
    }
    CountDownLatch latch = waiters.get();
    if (latch != null) {
      latch.await();
    }
  }
}
