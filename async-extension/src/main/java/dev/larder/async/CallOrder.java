package dev.larder.async;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides when calls start: those that share a key in the order in which they came, unless both
 * only read it, and all others side by side. It bounds how many there are, and runs none itself.
 *
 * @param <C> the type of calls
 */
final class CallOrder<C> {
  /*
   * Each key that a call concerns has a lane, and so has the whole cache. Calls on keys enter the
   * lane of the whole cache as readers, so that a call on the whole cache waits for all of them,
   * and they for it. A call enters all of its lanes in one step: calls only ever wait for earlier
   * ones, and there is no circle.
   *
   * Keys are the user's. Their hash codes are taken outside the lock, they are compared only while
   * nothing has been changed yet, and a lane is found again by its identity: a key that throws, or
   * that changes during its call, leaves nothing behind.
   */

  private final String cacheName;
  private final int maxInFlight;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Lane<C> wholeCache = new Lane<>(0, null);

  /** The lanes of keys, none of them empty, by hash code. */
  @GuardedBy("lock")
  private final Map<Integer, List<Lane<C>>> lanes = new HashMap<>();

  @GuardedBy("lock")
  private int inFlight;

  CallOrder(String cacheName, int maxInFlight) {
    this.cacheName = cacheName;
    this.maxInFlight = maxInFlight;
  }

  /**
   * Lets a call in.
   *
   * @return whether it may start at once; if not, the last one that it waits for gives it out when
   *     it {@linkplain #leave leaves}
   * @throws RejectedExecutionException if there are too many calls
   */
  boolean enter(Place<C> place) {
    List<Lane<C>> candidates = new ArrayList<>(place.scope.keys().size());
    for (Object key : place.scope.keys()) {
      candidates.add(new Lane<>(key.hashCode(), key));
    }
    lock.lock();
    try {
      if (inFlight == maxInFlight) {
        throw Guard.tooMany(cacheName, maxInFlight);
      }
      candidates.replaceAll(this::present);
      inFlight++;
      place.lanes = candidates;
      wholeCache.enter(place, place.scope.wholeCache());
      for (Lane<C> lane : candidates) {
        if (lane.isEmpty()) {
          lanes.computeIfAbsent(lane.hash, hash -> new ArrayList<>(1)).add(lane);
        }
        lane.enter(place, place.scope.change());
      }
      return place.waitsFor == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a call out, if it is still in.
   *
   * @return the calls that may start now
   */
  List<C> leave(Place<C> place) {
    lock.lock();
    try {
      if (place.left) {
        return List.of();
      }
      place.left = true;
      inFlight--;
      wholeCache.leave(place);
      for (Lane<C> lane : place.lanes) {
        lane.leave(place);
        if (lane.isEmpty()) {
          drop(lane);
        }
      }
      List<C> ready = new ArrayList<>(place.waiting.size());
      for (Place<C> next : place.waiting) {
        if (--next.waitsFor == 0) {
          ready.add(next.call);
        }
      }
      return ready;
    } finally {
      lock.unlock();
    }
  }

  /** Says whether no trace of any call is left. */
  boolean isEmpty() {
    lock.lock();
    try {
      return inFlight == 0 && lanes.isEmpty() && wholeCache.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Lane<C> present(Lane<C> candidate) {
    for (Lane<C> lane : lanes.getOrDefault(candidate.hash, List.of())) {
      if (candidate.isOfSameKey(lane)) {
        return lane;
      }
    }
    return candidate;
  }

  @GuardedBy("lock")
  private void drop(Lane<C> lane) {
    lanes.computeIfPresent(
        lane.hash,
        (hash, sameHash) -> {
          sameHash.remove(lane);
          return sameHash.isEmpty() ? null : sameHash;
        });
  }

  /** The place of one call in the order; guarded by the order's lock. */
  static final class Place<C> {
    private final Scope scope;
    private final C call;
    private final List<Place<C>> waiting = new ArrayList<>(0);
    private List<Lane<C>> lanes = List.of();
    private int waitsFor;
    private boolean left;

    Place(Scope scope, C call) {
      this.scope = scope;
      this.call = call;
    }

    private void waitFor(Place<C> earlier) {
      earlier.waiting.add(this);
      waitsFor++;
    }
  }

  /** The calls on one key: the last that changes it, and those that read it since. */
  private static final class Lane<C> {
    private final int hash;
    private final @Nullable Object key;
    private final Set<Place<C>> readers = new HashSet<>();
    private @Nullable Place<C> writer;

    private Lane(int hash, @Nullable Object key) {
      this.hash = hash;
      this.key = key;
    }

    private void enter(Place<C> place, boolean change) {
      if (change && !readers.isEmpty()) {
        readers.forEach(place::waitFor); // they wait for the writer
      } else if (writer != null) {
        place.waitFor(writer);
      }
      if (change) {
        readers.clear();
        writer = place;
      } else {
        readers.add(place);
      }
    }

    private boolean isOfSameKey(Lane<C> other) {
      return key == other.key || (key != null && key.equals(other.key));
    }

    private boolean isEmpty() {
      return writer == null && readers.isEmpty();
    }

    private void leave(Place<C> place) {
      readers.remove(place);
      if (writer == place) {
        writer = null;
      }
    }
  }
}
