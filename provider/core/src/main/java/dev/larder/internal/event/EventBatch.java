package dev.larder.internal.event;

import dev.larder.internal.event.Delivery.Awaited;
import java.util.ArrayList;
import java.util.List;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The events of one call: collected while their keys are held, waited for when they are not.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class EventBatch<K, V> {
  private final @Nullable Listeners<K, V> listeners;
  private final List<Awaited> awaited;

  /** Creates an empty batch; without listeners it stays empty. */
  EventBatch(@Nullable Listeners<K, V> listeners) {
    this.listeners = listeners;
    this.awaited = listeners == null ? List.of() : new ArrayList<>(2);
  }

  /** Says whether nobody listens. */
  public boolean isSilent() {
    return listeners == null;
  }

  /** Puts an event in its key's order; the caller holds the key. */
  public void add(EventType type, K key, @Nullable V oldValue, @Nullable V newValue) {
    if (listeners == null) {
      return;
    }
    Awaited delivery = listeners.publish(type, key, oldValue, newValue);
    if (delivery != null) {
      awaited.add(delivery);
    }
  }

  /**
   * Returns when all synchronous listeners have seen the events; the caller holds no key.
   *
   * @throws CacheEntryListenerException if a listener threw
   */
  public void deliver() {
    if (awaited.isEmpty()) {
      return;
    }
    Throwable failure = null;
    for (Awaited delivery : awaited) {
      Throwable next = delivery.await();
      if (failure == null) {
        failure = next;
      } else if (next != null && next != failure) {
        failure.addSuppressed(next);
      }
    }
    if (failure != null) {
      throw Delivery.toException(failure);
    }
  }

  /** Delivers the events of a call that fails anyway; listeners' failures join the call's own. */
  public void deliverDespite(Throwable failure) {
    try {
      deliver();
    } catch (CacheEntryListenerException e) {
      failure.addSuppressed(e);
    }
  }
}
