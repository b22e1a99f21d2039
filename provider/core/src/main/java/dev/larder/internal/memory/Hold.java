package dev.larder.internal.memory;

import dev.larder.internal.concurrent.Occupied;
import dev.larder.internal.table.Node;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of a node's value while one thread has the key to itself.
 *
 * <p>User code runs while a key is held, so for as long as it likes: no lock is held meanwhile,
 * other keys are not affected, readers go on with the value that was last committed, and only those
 * who want to change this key wait.
 *
 * @param <V> the type of the value
 */
final class Hold<V> implements Occupied {
  private static final VarHandle VALUE;
  private static final VarHandle WAITERS;
  private static final CountDownLatch RELEASED = new CountDownLatch(0);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE = lookup.findVarHandle(Hold.class, "value", Object.class);
      WAITERS = lookup.findVarHandle(Hold.class, "waiters", CountDownLatch.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The content of a node that has left the table, or is about to. */
  static final Hold<Object> GONE = gone();

  private final @Nullable Thread holder;
  private @Nullable Node<V> node;

  /** What readers see: written by the holder with release, read with acquire. */
  @SuppressWarnings("unused") // accessed through VALUE
  private @Nullable Object value;

  @SuppressWarnings("unused") // accessed through WAITERS
  private volatile @Nullable CountDownLatch waiters;

  private Hold(@Nullable Thread holder, @Nullable V value) {
    this.holder = holder;
    this.value = value;
  }

  private static Hold<Object> gone() {
    Hold<Object> gone = new Hold<>(null, null);
    gone.release();
    return gone;
  }

  /** Makes a hold for this thread of a key with this value, or none. */
  static <V> Hold<V> of(@Nullable V value) {
    return new Hold<>(Thread.currentThread(), value);
  }

  /** Returns the value that readers of a node see in its content. */
  @SuppressWarnings("unchecked") // content is a value or a hold of one
  static <V> @Nullable V committed(Node<V> node, Object content) {
    return (V) (content instanceof Hold<?> hold ? hold.value() : content);
  }

  /** Notes the node whose content this is. */
  void setNode(Node<V> newNode) {
    node = newNode;
  }

  /** Returns the node whose content this is. */
  Node<V> node() {
    if (node == null) {
      throw new IllegalStateException("the hold is not in a node yet");
    }
    return node;
  }

  /** Returns the value that readers see, or {@code null} where the key has none. */
  @SuppressWarnings("unchecked") // only values of this type are committed
  @Nullable V value() {
    return (V) VALUE.getAcquire(this);
  }

  /** Makes a value visible to readers, or none. */
  void commit(@Nullable V newValue) {
    VALUE.setRelease(this, newValue);
  }

  /** Wakes all who wait; the caller has taken the hold out of the node. */
  void release() {
    CountDownLatch latch = (CountDownLatch) WAITERS.getAndSet(this, RELEASED);
    if (latch != null) {
      latch.countDown();
    }
  }

  @Override
  public @Nullable Thread occupant() {
    return holder;
  }

  @Override
  public boolean isFree() {
    return waiters == RELEASED;
  }

  @Override
  public void awaitFree() throws InterruptedException {
    if (waiters == null) {
      WAITERS.compareAndSet(this, null, new CountDownLatch(1));
    }
    CountDownLatch latch = waiters;
    if (latch != null) {
      latch.await();
    }
  }
}
