package dev.larder.internal.concurrent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Waiting that cannot deadlock: refuses to wait where the thread waited for is itself waiting,
 * directly or through others, for the caller.
 *
 * <p>User code may call any cache from inside a loader, a writer, a processor or a listener. Two
 * such calls that need each other's keys are found here, in whatever caches the keys are. Only
 * threads that are about to block come here, so one lock serves all.
 */
public final class Waits {
  private static final ReentrantLock LOCK = new ReentrantLock();

  /** What each blocked thread waits for; guarded by {@link #LOCK}. */
  private static final Map<Thread, Occupied> WAITING = new HashMap<>();

  private Waits() {}

  /**
   * Waits until the work is done.
   *
   * @return false, without having waited, if waiting would never end
   * @throws InterruptedException if the caller is interrupted before the end
   */
  public static boolean await(Occupied occupied) throws InterruptedException {
    Thread me = Thread.currentThread();
    LOCK.lock();
    try {
      if (leadsTo(me, occupied)) {
        return false;
      }
      WAITING.put(me, occupied);
    } finally {
      LOCK.unlock();
    }
    try {
      occupied.awaitFree();
      return true;
    } finally {
      LOCK.lock();
      try {
        WAITING.remove(me);
      } finally {
        LOCK.unlock();
      }
    }
  }

  /**
   * Waits until a key is free.
   *
   * @throws CacheException if the wait would never end, or is interrupted
   */
  public static void awaitKey(String cacheName, Object key, Occupied occupied) {
    try {
      if (!await(occupied)) {
        throw neverFree(cacheName, key, occupied.occupant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheException(
          "cache '%s': interrupted while waiting for key %s, which is held by %s; nothing was changed"
              .formatted(cacheName, key, occupied.occupant()),
          e);
    }
  }

  /** Returns the refusal of a call for a key on which its own caller works. */
  public static CacheException ownKey(String cacheName, Object key) {
    return new CacheException(
        ("cache '%s': the loader, writer, processor or expiry policy that works on key %s called"
                + " the cache for the same key; use the entry or value that it was given instead")
            .formatted(cacheName, key));
  }

  private static CacheException neverFree(String cacheName, Object key, @Nullable Thread occupant) {
    return occupant == Thread.currentThread()
        ? ownKey(cacheName, key)
        : new CacheException(
            ("cache '%s': waiting for key %s would never end, because %s holds it and waits for"
                    + " this thread; let loaders, writers and processors take keys in one order")
                .formatted(cacheName, key, occupant));
  }

  private static boolean leadsTo(Thread me, Occupied start) {
    Occupied occupied = start;
    while (occupied != null && !occupied.isFree()) {
      Thread occupant = occupied.occupant();
      if (occupant == me) {
        return true;
      }
      occupied = occupant == null ? null : WAITING.get(occupant);
    }
    return false;
  }
}
