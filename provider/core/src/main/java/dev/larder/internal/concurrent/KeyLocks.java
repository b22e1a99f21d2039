package dev.larder.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Gives threads of this JVM keys to themselves, where entries live elsewhere.
 *
 * @param <K> the type of keys
 */
public final class KeyLocks<K> {
  private final String cacheName;
  private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();

  /** Creates the locks of one cache, without any key. */
  public KeyLocks(String cacheName) {
    this.cacheName = cacheName;
  }

  /**
   * Takes a key, after waiting until it is free.
   *
   * @throws CacheException if the wait would never end, or is interrupted
   */
  public void acquire(K key) {
    while (!tryAcquire(key)) {
      awaitFree(key);
    }
  }

  /** Takes several distinct keys; holds none while it waits for one. */
  public void acquireAll(Collection<? extends K> keys) {
    List<K> inOrder = new ArrayList<>(keys);
    inOrder.sort(Comparator.comparingInt(Object::hashCode));
    Collection<K> taken = acquireFree(inOrder);
    while (taken.size() < inOrder.size()) {
      taken.forEach(this::release);
      inOrder.forEach(this::awaitFree);
      taken = acquireFree(inOrder);
    }
  }

  /** Takes those of several distinct keys that are free, without waiting; returns them. */
  public Collection<K> acquireFree(Collection<? extends K> keys) {
    List<K> taken = new ArrayList<>(keys.size());
    try {
      for (K key : keys) {
        if (tryAcquire(key)) {
          taken.add(key);
        }
      }
    } catch (Throwable e) { // from a key's own equals or hashCode
      taken.forEach(this::release);
      throw e;
    }
    return taken;
  }

  private boolean tryAcquire(K key) {
    return locks.putIfAbsent(key, new KeyLock(Thread.currentThread(), new CountDownLatch(1)))
        == null;
  }

  /**
   * Refuses keys that the caller has taken itself.
   *
   * @throws CacheException if it has taken one of them
   */
  public void checkNotMine(Collection<? extends K> keys) {
    for (K key : keys) {
      KeyLock lock = locks.get(key);
      if (lock != null && lock.holder() == Thread.currentThread()) {
        Waits.awaitKey(cacheName, key, lock);
      }
    }
  }

  /** Gives a key back. */
  public void release(K key) {
    KeyLock lock = locks.remove(key);
    if (lock != null) {
      lock.released().countDown();
    }
  }

  private void awaitFree(K key) {
    KeyLock lock = locks.get(key);
    if (lock != null) {
      Waits.awaitKey(cacheName, key, lock);
    }
  }

  private record KeyLock(Thread holder, CountDownLatch released) implements Occupied {
    @Override
    public @Nullable Thread occupant() {
      return holder;
    }

    @Override
    public boolean isFree() {
      return released.getCount() == 0;
    }

    @Override
    public void awaitFree() throws InterruptedException {
      released.await();
    }
  }
}
