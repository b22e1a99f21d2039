package dev.larder.internal.event;

import dev.larder.internal.concurrent.Sequencer;
import dev.larder.internal.concurrent.Sequencer.Ticket;
import dev.larder.internal.concurrent.Waits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** One event on its way to one listener, or to all synchronous ones. */
final class Delivery<K, V> implements Runnable {
  private static final Logger LOG = System.getLogger("dev.larder.listener");

  private final Listeners<K, V> listeners;
  private final List<Registration<K, V>> recipients;
  private final EventType type;
  private final K key;
  private final @Nullable V oldValue;
  private final @Nullable V newValue;
  private volatile boolean awaited;
  private volatile @Nullable Throwable failure;

  Delivery(
      Listeners<K, V> listeners,
      List<Registration<K, V>> recipients,
      EventType type,
      K key,
      @Nullable V oldValue,
      @Nullable V newValue) {
    this.listeners = listeners;
    this.recipients = recipients;
    this.type = type;
    this.key = key;
    this.oldValue = oldValue;
    this.newValue = newValue;
  }

  /** Tells the listeners; a failure of one does not keep the event from the others. */
  @Override
  public void run() {
    for (Registration<K, V> recipient : recipients) {
      try {
        recipient.notify(
            listeners.event(type, key, oldValue, newValue, recipient.isOldValueRequired()));
      } catch (Throwable e) { // whatever it is, it belongs to the caller who waits, or to the log
        note(e);
      }
    }
  }

  private void note(Throwable e) {
    Throwable earlier = failure;
    if (!awaited) {
      LOG.log(Level.ERROR, "a cache entry listener failed for " + type + " of key " + key, e);
    } else if (earlier == null) {
      failure = e;
    } else if (earlier != e) {
      earlier.addSuppressed(e);
    }
  }

  /** Puts the event in its key's order for someone to wait for. */
  Awaited enqueueAwaited(Sequencer<K> order) {
    awaited = true;
    Ticket ticket = order.add(key, this);
    return () -> await(order, ticket);
  }

  /**
   * Returns when the listeners have seen the event, after running them if no other thread does.
   *
   * <p>Where waiting would never end, because the thread that runs the key's listeners waits for
   * this one, the event stays in its place in the order and this thread goes on.
   */
  private @Nullable Throwable await(Sequencer<K> order, Ticket ticket) {
    try {
      while (!ticket.isFree() && !order.drain(key)) {
        if (!Waits.await(ticket)) {
          awaited = false;
          break;
        }
      }
    } catch (InterruptedException e) {
      awaited = false;
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  /** An event that the causing call waits for. */
  @FunctionalInterface
  interface Awaited {
    /** Waits for the listeners; returns what one of them threw, or {@code null}. */
    @Nullable Throwable await();
  }

  /** Turns what a listener threw into what the caller of the cache gets. */
  static CacheEntryListenerException toException(Throwable failure) {
    return failure instanceof CacheEntryListenerException exception
        ? exception
        : new CacheEntryListenerException(
            "a synchronous cache entry listener failed; the cache was changed nevertheless",
            failure);
  }
}
