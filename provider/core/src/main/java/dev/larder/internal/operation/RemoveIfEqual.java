package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Removes an entry that holds an expected value; answers whether it did.
 *
 * @param <V> the type of the value
 */
public final class RemoveIfEqual<V> extends EntryOperation<V, Boolean> {
  private final V expected;

  /** Removes the entry if it holds a value equal to this one. */
  public RemoveIfEqual(V expected) {
    this.expected = expected;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live == null) {
      return;
    }
    if (live.value().equals(expected)) {
      removeLive();
    } else {
      touch(live, expiry);
    }
  }

  @Override
  public Boolean result() {
    return change() == Change.REMOVE;
  }

  @Override
  public boolean isLookup() {
    return true;
  }

  @Override
  public boolean runsUserCode() {
    return true; // equals
  }

  @Override
  public boolean mayRunAgain() {
    return true;
  }
}
