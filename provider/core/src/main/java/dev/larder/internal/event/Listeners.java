package dev.larder.internal.event;

import dev.larder.internal.Closing;
import dev.larder.internal.concurrent.Sequencer;
import dev.larder.internal.event.Delivery.Awaited;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one cache.
 *
 * <p>Synchronous listeners share one order per key, and the call that caused an event returns after
 * they saw it. Every other listener has an order per key and a few threads of its own, so that a
 * slow one holds up nobody else.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class Listeners<K, V> {
  private static final Logger LOG = System.getLogger("dev.larder.listener");

  private final Cache<K, V> source;
  private final Executor executor;
  private final UnaryOperator<K> keyCopier;
  private final UnaryOperator<V> valueCopier;
  private final Sequencer<K> synchronousOrder = new Sequencer<>();
  private final CopyOnWriteArrayList<Registration<K, V>> registrations =
      new CopyOnWriteArrayList<>();
  private final EventBatch<K, V> noEvents = new EventBatch<>(null);

  /**
   * Creates an empty set of listeners.
   *
   * @param source the cache that events name as their source
   * @param executor runs listeners that are not synchronous
   */
  public Listeners(
      Cache<K, V> source,
      Executor executor,
      UnaryOperator<K> keyCopier,
      UnaryOperator<V> valueCopier) {
    this.source = source;
    this.executor = executor;
    this.keyCopier = keyCopier;
    this.valueCopier = valueCopier;
  }

  /** Says whether nobody listens. */
  public boolean isEmpty() {
    return registrations.isEmpty();
  }

  /** Creates the listener that a configuration describes, and lets events through to it. */
  public void register(CacheEntryListenerConfiguration<K, V> configuration) {
    registrations.add(new Registration<>(configuration, source.getName(), executor));
  }

  /** Shuts out and closes the listener of a configuration, if there is one. */
  public void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    for (Registration<K, V> registration : registrations) {
      if (registration.configuration().equals(configuration)
          && registrations.remove(registration)) {
        close(registration);
      }
    }
  }

  /** Shuts out and closes all listeners. */
  public void close() {
    for (Registration<K, V> registration : registrations) {
      if (registrations.remove(registration)) {
        close(registration);
      }
    }
  }

  /** Starts to collect the events of one call. */
  public EventBatch<K, V> newBatch() {
    return isEmpty() ? noEvents : new EventBatch<>(this);
  }

  /**
   * Puts an event in its key's order; the caller holds the key.
   *
   * @return what the caller has to wait for, if a synchronous listener wants the event
   */
  @Nullable Awaited publish(EventType type, K key, @Nullable V oldValue, @Nullable V newValue) {
    List<Registration<K, V>> synchronous = new ArrayList<>();
    for (Registration<K, V> registration : registrations) {
      if (!registration.wants(type)) {
        continue;
      }
      if (registration.isSynchronous()) {
        synchronous.add(registration);
      } else {
        deliverLater(
            registration,
            key,
            new Delivery<>(this, List.of(registration), type, key, oldValue, newValue));
      }
    }
    return synchronous.isEmpty()
        ? null
        : new Delivery<>(this, synchronous, type, key, oldValue, newValue)
            .enqueueAwaited(synchronousOrder);
  }

  private void deliverLater(Registration<K, V> registration, K key, Delivery<K, V> delivery) {
    Sequencer<K> order = registration.order();
    if (!order.add(key, delivery).isFirst()) {
      return;
    }
    try {
      registration.executor().execute(() -> order.drain(key));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "cache '" + source.getName() + "' is closing; an event is lost", e);
    }
  }

  /** Makes the event that one listener gets. */
  LarderEvent<K, V> event(
      EventType type, K key, @Nullable V oldValue, @Nullable V newValue, boolean withOldValue) {
    return new LarderEvent<>(
        source,
        type,
        keyCopier.apply(key),
        oldValue == null || !withOldValue ? null : valueCopier.apply(oldValue),
        newValue == null ? null : valueCopier.apply(newValue));
  }

  private static void close(Registration<?, ?> registration) {
    registration.close();
    Closing.quietly(registration.listener());
    Closing.quietly(registration.filter());
  }
}
