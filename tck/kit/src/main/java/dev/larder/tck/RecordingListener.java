package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** Remembers every event it gets. */
class RecordingListener<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V>,
        CacheEntryExpiredListener<K, V> {

  /** What an event said; for a removed or expired entry the value is the last one. */
  record Seen(EventType type, Object key, @Nullable Object oldValue, @Nullable Object value) {
    static Seen created(Object key, Object value) {
      return new Seen(EventType.CREATED, key, null, value);
    }

    static Seen updated(Object key, Object oldValue, Object value) {
      return new Seen(EventType.UPDATED, key, oldValue, value);
    }

    static Seen removed(Object key, Object oldValue) {
      return new Seen(EventType.REMOVED, key, oldValue, oldValue);
    }

    static Seen expired(Object key, Object oldValue) {
      return new Seen(EventType.EXPIRED, key, oldValue, oldValue);
    }
  }

  private final LinkedBlockingQueue<Seen> events = new LinkedBlockingQueue<>();

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> batch) {
    batch.forEach(this::see);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> batch) {
    batch.forEach(this::see);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> batch) {
    batch.forEach(this::see);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> batch) {
    batch.forEach(this::see);
  }

  /** Handles one event; for subclasses to do more. */
  void see(CacheEntryEvent<? extends K, ? extends V> event) {
    events.add(
        new Seen(event.getEventType(), event.getKey(), event.getOldValue(), event.getValue()));
  }

  /** Returns the events so far. */
  List<Seen> events() {
    return new ArrayList<>(events);
  }

  /** Takes the next event, and waits for it if need be. */
  Seen next() {
    try {
      Seen event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("an event within 30 seconds").isNotNull();
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for an event", e);
    }
  }

  /** Takes the next events, and waits for them if need be. */
  List<Seen> next(int count) {
    List<Seen> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(next());
    }
    return taken;
  }
}
