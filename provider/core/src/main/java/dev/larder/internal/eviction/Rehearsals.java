package dev.larder.internal.eviction;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds the share of a cache that suits its users best as the window of {@link TinyLfuPolicy}: two
 * small caches of a sample of the keys' hash codes, one all window and one with next to none, play
 * through what happens. Each hit of one that the other misses moves the share its way, and it takes
 * some as many as they have entries to move it all the way: a policy that is only ahead for a
 * moment does not turn the cache over.
 */
final class Rehearsals {
  private static final double LEAST_SHARE = 0.01;
  private static final int MOST_ENTRIES = 256;
  private static final double STEPS_PER_ENTRY = 3;
  private static final double LEAST_STEPS = 300;

  /** The share is all or nothing beyond a third of the way, so that it comes back with delay. */
  private static final double STEEPNESS = 3;

  private final Rehearsal recency = new Rehearsal(1);
  private final Rehearsal frequency = new Rehearsal(LEAST_SHARE);
  private long capacity;
  private int sampleBits;
  private double balance = 0.5;

  void capacity(long newCapacity) {
    capacity = newCapacity;
    while (sampledCapacity() > MOST_ENTRIES && capacity != Long.MAX_VALUE) {
      sampleBits++;
    }
    resize();
  }

  private long sampledCapacity() {
    return Math.max(1, capacity >> sampleBits);
  }

  private void resize() {
    recency.resize(sampledCapacity(), this::isSampled);
    frequency.resize(sampledCapacity(), this::isSampled);
  }

  private boolean isSampled(int hash) {
    return (hash & ((1 << sampleBits) - 1)) == 0;
  }

  /** Returns the window's share that serves best at present. */
  double windowShare() {
    double share = 0.5 + (balance - 0.5) * STEEPNESS;
    return LEAST_SHARE + (1 - LEAST_SHARE) * Math.max(0, Math.min(1, share));
  }

  /** Plays through the use of a key; returns false if it is not in the sample. */
  boolean use(int hash, long weight) {
    if (!isSampled(hash)) {
      return false;
    }
    boolean recent = recency.use(hash, weight);
    boolean frequent = frequency.use(hash, weight);
    if (recent != frequent) {
      double step = 1 / (STEPS_PER_ENTRY * recency.entries() + LEAST_STEPS);
      balance = Math.max(0, Math.min(1, balance + (recent ? step : -step)));
    }
    if (recency.entries() > 2 * MOST_ENTRIES) {
      sampleBits++;
      resize();
    }
    return true;
  }

  /** A cache of hash codes. */
  private static final class Rehearsal {
    private final Map<Integer, BoundedNode<Object>> nodes = new HashMap<>();
    private final TinyLfuPolicy policy;
    private long capacity;
    private long weight;

    Rehearsal(double windowShare) {
      policy = new TinyLfuPolicy(windowShare);
    }

    int entries() {
      return nodes.size();
    }

    /** Looks a key up, and lets it in if it is not there; returns whether it was. */
    boolean use(int hash, long nodeWeight) {
      BoundedNode<Object> present = nodes.get(hash);
      if (present != null) {
        if (policy.read(present)) {
          policy.touch(present);
        }
        return true;
      }
      // Where bytes are bounded, one entry can exceed the sample's part of the bound.
      int fitting = (int) Math.min(Math.min(nodeWeight, capacity), Integer.MAX_VALUE);
      BoundedNode<Object> node = new WeighedNode<>(hash, hash, 0);
      node.reweigh(fitting);
      nodes.put(hash, node);
      policy.add(node);
      weight += node.weight();
      evict();
      return false;
    }

    private void evict() {
      while (weight > capacity) {
        BoundedNode<?> victim = policy.victim();
        if (victim == null) {
          return;
        }
        policy.evict(victim);
        weight -= victim.weight();
        nodes.remove(victim.key());
      }
    }

    void resize(long newCapacity, IntPredicate sampled) {
      Iterator<BoundedNode<Object>> all = nodes.values().iterator();
      while (all.hasNext()) {
        BoundedNode<Object> node = all.next();
        if (!sampled.test((Integer) node.key())) {
          policy.remove(node);
          weight -= node.weight();
          all.remove();
        }
      }
      capacity = newCapacity;
      policy.capacity(newCapacity);
      evict();
    }
  }
}
