package dev.larder.internal.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry, and a link in the chain of its bin: 40 bytes on a JVM with compressed references.
 *
 * <p>The unit of atomicity: whoever changes an entry replaces its content by compare-and-set. The
 * content is the value, or what the engine puts there while a thread has the key to itself, and for
 * good when the node leaves the table.
 *
 * <p>Read by any thread without a lock, so the order of accesses matters. A writer sets the
 * deadline before the content; a reader reads the content before the deadline. A reader may so
 * combine an old value with a newer deadline, which is harmless because only a live value is ever
 * replaced, but never a new value with an older deadline.
 *
 * @param <V> the type of the value
 */
public class Node<V> {
  private static final VarHandle CONTENT;
  private static final VarHandle DEADLINE;
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CONTENT = lookup.findVarHandle(Node.class, "content", Object.class);
      DEADLINE = lookup.findVarHandle(Node.class, "deadline", long.class);
      NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object key;
  private final int hash;

  @SuppressWarnings("unused") // accessed through CONTENT
  private Object content;

  @SuppressWarnings("unused") // accessed through DEADLINE
  private long deadline;

  /** Written under the lock of the node's stripe. */
  @SuppressWarnings("unused") // accessed through NEXT
  private @Nullable Node<V> next;

  /** Makes a node of a key, its content and its deadline. */
  public Node(Object key, Object content, long deadline) {
    this.key = key;
    this.hash = hash(key);
    this.content = content;
    this.deadline = deadline;
  }

  /** Returns where a key belongs: its hash code, with the upper half also in the lower. */
  static int hash(Object key) {
    int code = key.hashCode();
    return code ^ (code >>> 16);
  }

  /** Finds the node of a key in a chain. */
  static <V> @Nullable Node<V> find(Object key, int hash, @Nullable Node<V> head) {
    for (Node<V> node = head; node != null; node = node.next()) {
      if (node.hash == hash && (node.key == key || key.equals(node.key))) {
        return node;
      }
    }
    return null;
  }

  final int hash() {
    return hash;
  }

  @SuppressWarnings("unchecked") // the chain's nodes have values of one type
  final @Nullable Node<V> next() {
    return (Node<V>) NEXT.getAcquire(this);
  }

  final void setNext(@Nullable Node<V> newNext) {
    NEXT.setRelease(this, newNext);
  }

  /** Returns the entry's key. */
  public final Object key() {
    return key;
  }

  /** Returns the content: a value, or what the engine put in its place. */
  public final Object content() {
    return CONTENT.getAcquire(this);
  }

  /** Replaces the content if it still is the object that the caller read. */
  public final boolean replaceContent(Object expected, Object newContent) {
    return CONTENT.compareAndSet(this, expected, newContent);
  }

  /** Replaces the content; the caller has the key to itself. */
  public final void setContent(Object newContent) {
    CONTENT.setRelease(this, newContent);
  }

  /** Returns when the entry expires, as {@code Deadline} defines it. */
  public final long deadline() {
    return (long) DEADLINE.getOpaque(this);
  }

  /** Replaces the deadline; the caller has the key to itself, and sets the value afterwards. */
  public final void setDeadline(long newDeadline) {
    DEADLINE.setOpaque(this, newDeadline);
  }

  /** Replaces the deadline if it still is the one that the caller read. */
  public final boolean touch(long expected, long newDeadline) {
    return DEADLINE.compareAndSet(this, expected, newDeadline);
  }
}
