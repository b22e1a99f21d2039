package dev.larder.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * Drops an entry without a trace, as {@link javax.cache.Cache#clear} does.
 *
 * @param <V> the type of the value
 */
public final class Discard<V> extends EntryOperation<V, @Nullable V> {
  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null) {
      discard();
    }
  }

  @Override
  public @Nullable V result() {
    return null;
  }
}
