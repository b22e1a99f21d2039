package dev.larder.internal.eviction;

import dev.larder.internal.operation.Entry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A stored entry: 24 bytes on a JVM with compressed references.
 *
 * <p>Read by any thread without a lock, so the order of accesses matters. A writer, who has the key
 * to itself, sets the deadline before the value; a reader reads the value before the deadline. A
 * reader may so combine an old value with a newer deadline, which is harmless because only a live
 * value is ever replaced, but never a new value with an older deadline.
 */
public class Node<V> implements Entry<V> {
  private static final VarHandle VALUE;
  private static final VarHandle DEADLINE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE = lookup.findVarHandle(Node.class, "value", Object.class);
      DEADLINE = lookup.findVarHandle(Node.class, "deadline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // accessed through VALUE
  private Object value;

  @SuppressWarnings("unused") // accessed through DEADLINE
  private long deadline;

  /** Makes a node of a value and its deadline. */
  public Node(Object value, long deadline) {
    this.value = value;
    this.deadline = deadline;
  }

  @Override
  @SuppressWarnings("unchecked") // only values of this type are stored
  public final V value() {
    return (V) VALUE.getAcquire(this);
  }

  @Override
  public final long deadline() {
    return (long) DEADLINE.getOpaque(this);
  }

  /** Replaces value and deadline; the caller has the key to itself. */
  public final void update(V newValue, long newDeadline) {
    DEADLINE.setOpaque(this, newDeadline);
    VALUE.setRelease(this, newValue);
  }

  /** Replaces the deadline if it still is the one that the caller read; needs no lock. */
  public final boolean touch(long expected, long newDeadline) {
    return DEADLINE.compareAndSet(this, expected, newDeadline);
  }
}
