package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Removes an entry; the answer is the value that it held. A cache writer deletes the key even where
 * the cache has no entry.
 *
 * @param <V> the type of the value
 */
public final class Remove<V> extends EntryOperation<V, @Nullable V> {
  private final boolean lookup;

  private Remove(boolean lookup) {
    this.lookup = lookup;
  }

  /** Removes an entry for a caller who only asks whether there was one. */
  public static <V> Remove<V> remove() {
    return new Remove<>(false);
  }

  /** Removes an entry for a caller who asks what it held, which counts as a get. */
  public static <V> Remove<V> getAndRemove() {
    return new Remove<>(true);
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null) {
      removeLive();
    }
  }

  @Override
  public @Nullable V result() {
    return before();
  }

  @Override
  public Need need() {
    return lookup ? Need.ENTRY : Need.PRESENCE;
  }

  @Override
  public boolean asksForValue() {
    return lookup;
  }

  @Override
  public boolean isLookup() {
    return lookup;
  }

  @Override
  public boolean deletesThrough() {
    return true;
  }
}
