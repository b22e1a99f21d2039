package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Stores a value where there is none; answers whether it did.
 *
 * @param <V> the type of the value
 */
public final class PutIfAbsent<V> extends EntryOperation<V, Boolean> {
  private final V value;

  /** Stores this value. */
  public PutIfAbsent(V value) {
    this.value = value;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live == null) {
      create(value, expiry);
    }
  }

  @Override
  public Boolean result() {
    return change() == Change.CREATE;
  }

  @Override
  public Need need() {
    return Need.PRESENCE;
  }

  @Override
  public V offered() {
    return value;
  }

  @Override
  public boolean isLookup() {
    return true;
  }

  @Override
  public boolean fillsGap() {
    return true;
  }

  @Override
  public boolean leavesLive() {
    return true;
  }
}
