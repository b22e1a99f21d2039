package dev.larder.internal.remote;

import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.Entry;

/** A live entry as a remote store returned it; when it expires only the server knows. */
record RemoteEntry<V>(V value) implements Entry<V> {
  private static final RemoteEntry<Object> PRESENT = new RemoteEntry<>(new Object());

  /** Stands for an entry of which it is only known that it exists: its value must not be used. */
  @SuppressWarnings("unchecked") // nobody looks at the value
  static <V> Entry<V> present() {
    return (Entry<V>) PRESENT;
  }

  @Override
  public long deadline() {
    return Deadline.UNKNOWN;
  }
}
