package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value in place of an expected one; answers whether it did.
 *
 * @param <V> the type of the value
 */
public final class ReplaceIfEqual<V> extends EntryOperation<V, Boolean> {
  private final V expected;
  private final V value;

  /** Stores a value if the entry holds one equal to the expected value. */
  public ReplaceIfEqual(V expected, V value) {
    this.expected = expected;
    this.value = value;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live == null) {
      return;
    }
    if (live.value().equals(expected)) {
      update(live, value, expiry);
    } else {
      touch(live, expiry);
    }
  }

  @Override
  public Boolean result() {
    return change() == Change.UPDATE;
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
