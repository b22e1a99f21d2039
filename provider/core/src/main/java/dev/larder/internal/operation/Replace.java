package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value in place of another; the answer is the value that it replaced.
 *
 * @param <V> the type of the value
 */
public final class Replace<V> extends EntryOperation<V, @Nullable V> {
  private final V value;

  /** Stores this value. */
  public Replace(V value) {
    this.value = value;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null) {
      update(live, value, expiry);
    }
  }

  @Override
  public @Nullable V result() {
    return before();
  }

  @Override
  public boolean isLookup() {
    return true;
  }
}
