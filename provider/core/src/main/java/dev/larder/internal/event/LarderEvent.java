package dev.larder.internal.event;

import dev.larder.internal.Unwrapping;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry, as a listener sees it.
 *
 * <p>A removed or expired entry's last value is both its value and its old value, where the
 * listener asked for old values; otherwise both are {@code null}.
 */
@SuppressWarnings({"serial", "NullAway"}) // an event is not for storing; JSR-107 allows null values
final class LarderEvent<K, V> extends CacheEntryEvent<K, V> {
  private static final long serialVersionUID = 1L;

  private final K key;
  private final @Nullable V oldValue;
  private final @Nullable V value;

  LarderEvent(
      Cache<K, V> source, EventType type, K key, @Nullable V oldValue, @Nullable V newValue) {
    super(source, type);
    this.key = key;
    this.oldValue = oldValue;
    this.value = newValue == null ? oldValue : newValue;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public V getOldValue() {
    return oldValue;
  }

  @Override
  public boolean isOldValueAvailable() {
    return oldValue != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }

  @Override
  public String toString() {
    return getEventType() + " " + key + ": " + oldValue + " -> " + value;
  }
}
