package dev.larder.internal.operation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores a loader's value on request, not because a reader missed it.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class Load<K, V> extends EntryOperation<V, @Nullable V> {
  private final K key;
  private final Function<? super K, ? extends @Nullable V> loader;
  private final boolean replacing;

  /** Loads a value where there is none, and in place of one if replacing. */
  public Load(K key, Function<? super K, ? extends @Nullable V> loader, boolean replacing) {
    this.key = key;
    this.loader = loader;
    this.replacing = replacing;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null && !replacing) {
      return;
    }
    V loaded = loader.apply(key);
    if (loaded != null) {
      load(live, loaded, expiry);
    }
  }

  @Override
  public @Nullable V result() {
    return after();
  }

  @Override
  public boolean asksForValue() {
    return !replacing;
  }

  @Override
  public boolean fillsGap() {
    return !replacing;
  }

  @Override
  public boolean runsUserCode() {
    return true;
  }
}
