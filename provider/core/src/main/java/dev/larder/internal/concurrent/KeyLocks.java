package dev.larder.internal.concurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls of this JVM keys to themselves, where entries live elsewhere; those that want the
 * same key get it in the order in which they came.
 *
 * <p>A call whose {@link Worker} may block waits in place; for any other, the stage completes when
 * its turn has come.
 *
 * @param <K> the type of keys
 */
public final class KeyLocks<K> {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final String cacheName;
  private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();

  /** Creates the locks of one cache, without any key. */
  public KeyLocks(String cacheName) {
    this.cacheName = cacheName;
  }

  /**
   * Takes a key when it is free.
   *
   * @throws CacheException if the wait would never end, or is interrupted
   */
  public CompletionStage<?> acquire(K key, Worker worker) {
    Turn turn = new Turn(worker);
    KeyLock lock =
        locks.compute(key, (k, taken) -> taken == null ? new KeyLock(turn) : taken.join(turn));
    turn.lock = lock;
    if (lock.current == turn || !worker.mayBlock()) {
      return lock.current == turn ? DONE : turn.begun;
    }
    try {
      Waits.awaitKey(cacheName, key, turn);
      return DONE;
    } catch (CacheException e) {
      abandon(key, turn);
      throw e;
    }
  }

  private void abandon(K key, Turn turn) {
    boolean[] waiting = new boolean[1];
    locks.computeIfPresent(
        key,
        (k, lock) -> {
          waiting[0] = lock.waiting.remove(turn);
          return lock;
        });
    if (!waiting[0]) {
      release(key, turn.worker);
    }
  }

  /** Takes several distinct keys; holds at most one of them while it waits for another. */
  public CompletionStage<?> acquireAll(Collection<? extends K> keys, Worker worker) {
    return acquireAll(keys, null, worker);
  }

  private CompletionStage<?> acquireAll(
      Collection<? extends K> keys, @Nullable K held, Worker worker) {
    Collection<K> taken = acquireFree(keys, worker);
    if (taken.size() + (held == null ? 0 : 1) == keys.size()) {
      return DONE;
    }
    taken.forEach(key -> release(key, worker));
    if (held != null) {
      release(held, worker);
    }
    for (K key : keys) {
      if (locks.containsKey(key)) {
        return acquire(key, worker).thenComposeAsync(turn -> acquireAll(keys, key, worker), worker);
      }
    }
    return acquireAll(keys, null, worker);
  }

  /** Takes those of several distinct keys that are free, without waiting; returns them. */
  public Collection<K> acquireFree(Collection<? extends K> keys, Worker worker) {
    List<K> taken = new ArrayList<>(keys.size());
    try {
      for (K key : keys) {
        if (locks.putIfAbsent(key, new KeyLock(new Turn(worker))) == null) {
          taken.add(key);
        }
      }
    } catch (Throwable e) { // from a key's own equals or hashCode
      taken.forEach(key -> release(key, worker));
      throw e;
    }
    return taken;
  }

  /**
   * Refuses keys that the thread which made the call is working on already: it would wait for
   * itself.
   *
   * @throws CacheException if it is working on one of them
   */
  public void checkNotMine(Collection<? extends K> keys, Worker worker) {
    for (K key : keys) {
      KeyLock lock = locks.get(key);
      if (lock != null && lock.current.worker.thread() == worker.caller()) {
        throw Waits.ownKey(cacheName, key);
      }
    }
  }

  /** Gives a key back, and with it the turn to the next; does nothing if it is not the worker's. */
  public void release(K key, Worker worker) {
    Turn[] next = new Turn[1];
    locks.computeIfPresent(
        key,
        (k, lock) -> {
          if (lock.current.worker != worker) {
            return lock;
          }
          next[0] = lock.waiting.poll();
          if (next[0] == null) {
            return null;
          }
          lock.current = next[0];
          return lock;
        });
    if (next[0] != null) {
      next[0].begun.complete(null);
    }
  }

  /** A key that is taken; changed only inside the map's own atomic methods. */
  private static final class KeyLock {
    private final Queue<Turn> waiting = new ArrayDeque<>(0);
    private volatile Turn current;

    KeyLock(Turn first) {
      this.current = first;
    }

    KeyLock join(Turn turn) {
      waiting.add(turn);
      return this;
    }
  }

  /** One call's turn at a key. */
  private static final class Turn implements Occupied {
    private final Worker worker;
    private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
    private volatile @Nullable KeyLock lock;

    Turn(Worker worker) {
      this.worker = worker;
    }

    @Override
    public @Nullable Thread occupant() {
      KeyLock taken = lock;
      Turn current = taken == null ? this : taken.current;
      return current == this ? null : current.worker.thread();
    }

    /** A turn has come as soon as it is the key's current one, which is just before it begins. */
    @Override
    public boolean isFree() {
      KeyLock taken = lock;
      return begun.isDone() || (taken != null && taken.current == this);
    }

    @Override
    public void awaitFree() throws InterruptedException {
      CountDownLatch latch = new CountDownLatch(1);
      var unused = begun.thenRun(latch::countDown);
      latch.await();
    }
  }
}
