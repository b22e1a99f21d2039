package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value in place of the very object that somebody saw; answers whether it did.
 *
 * @param <V> the type of the value
 */
public final class ReplaceIfSame<V> extends EntryOperation<V, Boolean> {
  private final Object seen;
  private final V value;

  /** Stores a value if the entry still holds the object that was seen. */
  public ReplaceIfSame(Object seen, V value) {
    this.seen = seen;
    this.value = value;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // another object is another version, though it be equal
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null && live.value() == seen) {
      update(live, value, expiry);
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
}
