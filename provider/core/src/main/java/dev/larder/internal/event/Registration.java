package dev.larder.internal.event;

import dev.larder.internal.Closing;
import dev.larder.internal.Creation;
import dev.larder.internal.concurrent.Sequencer;
import dev.larder.internal.concurrent.Throttle;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** A listener with what it asked for: which events, filtered how, delivered when. */
final class Registration<K, V> {
  private static final int MAX_THREADS = 8;
  private static final long CLOSE_SECONDS = 2;

  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final Sequencer<K> order = new Sequencer<>();
  private final Executor executor;

  /** Read-locked while the listener is being told; a closed listener is told no more. */
  private final ReentrantReadWriteLock telling = new ReentrantReadWriteLock();

  private volatile boolean closed;

  Registration(
      CacheEntryListenerConfiguration<K, V> configuration, String cacheName, Executor executor) {
    this.configuration = configuration;
    this.executor = new Throttle(executor, MAX_THREADS);
    this.listener =
        Creation.create(
            configuration.getCacheEntryListenerFactory(), "cache entry listener", cacheName);
    Factory<? extends CacheEntryEventFilter<? super K, ? super V>> filters =
        configuration.getCacheEntryEventFilterFactory();
    try {
      this.filter =
          filters == null ? null : Creation.create(filters, "cache entry event filter", cacheName);
    } catch (CacheException e) {
      Closing.quietly(listener);
      throw e;
    }
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  CacheEntryListener<? super K, ? super V> listener() {
    return listener;
  }

  @Nullable CacheEntryEventFilter<? super K, ? super V> filter() {
    return filter;
  }

  boolean isSynchronous() {
    return configuration.isSynchronous();
  }

  boolean isOldValueRequired() {
    return configuration.isOldValueRequired();
  }

  /** Returns the order of this listener's own deliveries, if it is not synchronous. */
  Sequencer<K> order() {
    return order;
  }

  /** Returns what runs this listener's own deliveries, a few keys at a time. */
  Executor executor() {
    return executor;
  }

  boolean wants(EventType type) {
    return switch (type) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
    };
  }

  /** Hands an event to the listener, unless its filter rejects it or it has been deregistered. */
  void notify(CacheEntryEvent<K, V> event) {
    telling.readLock().lock();
    try {
      if (!closed && (filter == null || filter.evaluate(event))) {
        tell(event);
      }
    } finally {
      telling.readLock().unlock();
    }
  }

  @SuppressWarnings("unchecked") // the listener was registered for these types
  private void tell(CacheEntryEvent<K, V> event) {
    List<CacheEntryEvent<? extends K, ? extends V>> events = List.of(event);
    switch (event.getEventType()) {
      case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
      case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
      case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
      case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
    }
  }

  /**
   * Lets no further event through, and waits a while for those under way, unless one calls this.
   */
  void close() {
    closed = true;
    if (telling.getReadHoldCount() > 0) {
      return;
    }
    try {
      if (telling.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        telling.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
