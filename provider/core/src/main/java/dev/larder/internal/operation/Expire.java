package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Leaves a live entry as it is, so that an engine that runs it notices an expired one.
 *
 * @param <V> the type of the value
 */
public final class Expire<V> extends EntryOperation<V, @Nullable V> {
  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    // An expired entry is no longer live: the engine has dropped and recorded it by now.
  }

  @Override
  public @Nullable V result() {
    return null;
  }
}
