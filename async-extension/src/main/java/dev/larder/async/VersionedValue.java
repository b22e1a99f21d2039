package dev.larder.async;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A value that {@link AsyncCache#gets} has read, and what tells it from what is stored after it;
 * for {@link AsyncCache#cas}. Immutable.
 *
 * @param <V> the type of values
 */
public final class VersionedValue<V> {
  private final @Nullable V value;
  private final Object version;

  VersionedValue(@Nullable V value, Object version) {
    this.value = value;
    this.version = requireNonNull(version);
  }

  /** Returns the value; null only where null is a value ({@link AsyncCache#withNulls}). */
  public @Nullable V value() {
    return value;
  }

  Object version() {
    return version;
  }

  @Override
  public String toString() {
    return "VersionedValue(" + value + ")";
  }
}
