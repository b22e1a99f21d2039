package dev.larder.internal.engine;

import dev.larder.internal.event.EventBatch;
import dev.larder.internal.event.Listeners;
import dev.larder.internal.operation.EntryOperation;
import javax.cache.event.EventType;

/**
 * Turns the outcome of operations into statistics and events.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class OutcomeRecorder<K, V> {
  private final String cacheName;
  private final Statistics statistics;
  private final Listeners<K, V> listeners;

  /** Records into these statistics and for these listeners. */
  public OutcomeRecorder(String cacheName, Statistics statistics, Listeners<K, V> listeners) {
    this.cacheName = cacheName;
    this.statistics = statistics;
    this.listeners = listeners;
  }

  /** Says whether outcomes become events, which need their key's order. */
  public boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /** Starts to collect the events of one call. */
  public EventBatch<K, V> newBatch() {
    return listeners.newBatch();
  }

  /** Records a get that found a value. */
  public void hit() {
    if (statistics.isEnabled()) {
      statistics.countHit();
    }
  }

  /** Records gets that found none. */
  public void misses(int count) {
    if (statistics.isEnabled()) {
      statistics.countMisses(count);
    }
  }

  /** Records that entries were removed together. */
  public void removals(long count) {
    if (statistics.isEnabled()) {
      statistics.countRemovals(count);
    }
  }

  /** Records that an entry made room for others. */
  public void eviction() {
    evictions(1);
  }

  /** Records that entries made room for others. */
  public void evictions(long count) {
    if (statistics.isEnabled()) {
      statistics.countEvictions(count);
    }
    Span.eviction(cacheName);
  }

  /** Records that stored bytes were no value; it happens too seldom to be left out. */
  public void undecodable() {
    statistics.countUndecodable();
  }

  /** Records that an entry was found expired. */
  public void expiry(K key, V value, EventBatch<K, V> batch) {
    batch.add(EventType.EXPIRED, key, value, null);
  }

  /** Records a committed operation's figures and events. */
  public void record(K key, EntryOperation<V, ?> operation, EventBatch<K, V> batch) {
    count(operation);
    switch (operation.change()) {
      case CREATE, UPDATE, LOAD -> {
        if (!operation.isStillborn()) {
          EventType type = operation.before() == null ? EventType.CREATED : EventType.UPDATED;
          batch.add(type, key, operation.before(), operation.after());
        }
      }
      case REMOVE -> batch.add(EventType.REMOVED, key, operation.before(), null);
      case NONE, TOUCH, DISCARD -> {}
    }
  }

  /** Records a committed operation's figures; for caches without listeners. */
  public void count(EntryOperation<V, ?> operation) {
    if (!statistics.isEnabled()) {
      return;
    }
    if (operation.isLookup()) {
      if (operation.before() == null) {
        statistics.countMisses(1);
      } else {
        statistics.countHit();
      }
    }
    switch (operation.change()) {
      case CREATE, UPDATE -> {
        if (!operation.isStillborn()) {
          statistics.countPut();
        }
      }
      case REMOVE -> statistics.countRemovals(1);
      case NONE, TOUCH, LOAD, DISCARD -> {}
    }
  }
}
