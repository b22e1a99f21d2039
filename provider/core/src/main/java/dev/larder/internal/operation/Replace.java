package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value in place of another; the answer is the value that it replaced.
 *
 * @param <V> the type of the value
 */
public final class Replace<V> extends EntryOperation<V, @Nullable V> {
  private final V value;
  private final Need need;

  private Replace(V value, Need need) {
    this.value = value;
    this.need = need;
  }

  /** Stores a value for a caller who only asks whether there was one. */
  public static <V> Replace<V> replace(V value) {
    return new Replace<>(value, Need.PRESENCE);
  }

  /** Stores a value for a caller who asks what it replaced. */
  public static <V> Replace<V> getAndReplace(V value) {
    return new Replace<>(value, Need.ENTRY);
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
  public Need need() {
    return need;
  }

  @Override
  public V offered() {
    return value;
  }

  @Override
  public boolean isLookup() {
    return true;
  }
}
