package dev.larder.internal.operation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value, and loads it where it is missing.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class Get<K, V> extends EntryOperation<V, @Nullable V> {
  private final K key;
  private final @Nullable Function<? super K, ? extends @Nullable V> loader;

  /** Reads a value; without a loader a missing one stays missing. */
  public Get(K key, @Nullable Function<? super K, ? extends @Nullable V> loader) {
    this.key = key;
    this.loader = loader;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null) {
      touch(live, expiry);
      return;
    }
    V loaded = loader == null ? null : loader.apply(key);
    if (loaded != null) {
      load(null, loaded, expiry);
    }
  }

  @Override
  public @Nullable V result() {
    return before() != null ? before() : after();
  }

  @Override
  public boolean isLookup() {
    return true;
  }

  @Override
  public boolean runsUserCode() {
    return loader != null;
  }
}
