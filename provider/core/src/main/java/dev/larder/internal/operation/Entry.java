package dev.larder.internal.operation;

/**
 * A live entry as an operation sees it.
 *
 * @param <V> the type of the value
 */
public interface Entry<V> {
  /** Returns the stored value. */
  V value();

  /** Returns when the entry expires, as {@link Deadline} defines it. */
  long deadline();
}
