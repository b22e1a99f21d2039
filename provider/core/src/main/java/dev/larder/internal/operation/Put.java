package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value; the answer is the value that it replaced.
 *
 * @param <V> the type of the value
 */
public final class Put<V> extends EntryOperation<V, @Nullable V> {
  private final V value;
  private final boolean lookup;

  private Put(V value, boolean lookup) {
    this.value = value;
    this.lookup = lookup;
  }

  /** Stores a value for a caller who does not look at the answer. */
  public static <V> Put<V> put(V value) {
    return new Put<>(value, false);
  }

  /** Stores a value for a caller who asks what it replaced, which counts as a get. */
  public static <V> Put<V> getAndPut(V value) {
    return new Put<>(value, true);
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live == null) {
      create(value, expiry);
    } else {
      update(live, value, expiry);
    }
  }

  @Override
  public @Nullable V result() {
    return before();
  }

  @Override
  public Need need() {
    return lookup ? Need.ENTRY : Need.NOTHING;
  }

  @Override
  public V offered() {
    return value;
  }

  @Override
  public boolean asksForValue() {
    return lookup;
  }

  @Override
  public boolean isLookup() {
    return lookup;
  }
}
