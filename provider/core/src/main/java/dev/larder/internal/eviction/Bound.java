package dev.larder.internal.eviction;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.larder.Eviction;
import dev.larder.internal.Creation;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of a bounded cache: what its entries weigh together, and which should go.
 *
 * <p>The engine owns the entries. It tells of a node once it has a value and is in the map, and
 * once it is out, and evicts while the bound {@linkplain #isExceeded() is exceeded}.
 */
public final class Bound {
  private final String cacheName;
  private final ReentrantLock lock = new ReentrantLock();

  /** Nodes that fit by no means, and go before all others. */
  @GuardedBy("lock")
  private final ArrayDeque<BoundedNode<?>> tooHeavy = new ArrayDeque<>();

  /** Written under the lock. */
  private volatile NodePolicy policy;

  /** Written under the lock. */
  private volatile long capacity;

  /** Written under the lock. */
  private volatile long weight;

  /**
   * Starts the books of an empty cache.
   *
   * @param capacity what the entries may weigh together
   */
  public Bound(String cacheName, long capacity, Factory<? extends EvictionPolicy<?>> policy) {
    this.cacheName = cacheName;
    this.capacity = capacity;
    this.policy = create(policy);
    this.policy.capacity(capacity);
  }

  @SuppressWarnings("unchecked") // the keys that it gets are the cache's
  private NodePolicy create(Factory<? extends EvictionPolicy<?>> factory) {
    return factory instanceof Eviction eviction
        ? KeyedPolicy.nodePolicy(eviction)
        : new OwnPolicy(
            (EvictionPolicy<Object>) Creation.create(factory, "eviction policy", cacheName),
            cacheName);
  }

  /** Says whether the entries weigh more than they may. */
  public boolean isExceeded() {
    return weight > capacity;
  }

  /** Returns what the entries weigh together. */
  public long weight() {
    return weight;
  }

  /** Notes that a node's value was read. Never waits: under contention the policy may miss it. */
  public void read(BoundedNode<?> node) {
    if (policy.read(node)) {
      touch(node);
    }
  }

  private void touch(BoundedNode<?> node) {
    if (lock.tryLock()) {
      try {
        if (node.isIn()) {
          policy.touch(node);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Notes that a node has a new value of some weight; takes it in, unless it has left by now. */
  public void store(BoundedNode<?> node, int newWeight) {
    if (node.isIn() && !(node instanceof WeighedNode) && !(policy instanceof OwnPolicy)) {
      read(node);
      return;
    }
    lock.lock();
    try {
      long difference = node.reweigh(newWeight);
      if (node.state == BoundedNode.NEW) {
        policy.add(node);
        addWeight(node, node.weight());
      } else if (node.isIn()) {
        policy.update(node, difference);
        addWeight(node, difference);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a node out for good; without effect if it is out. */
  public void remove(BoundedNode<?> node) {
    takeOut(node, false);
  }

  /** Takes a node out that made room for others. */
  public void evict(BoundedNode<?> node) {
    takeOut(node, true);
  }

  private void takeOut(BoundedNode<?> node, boolean evicted) {
    lock.lock();
    try {
      if (node.isIn()) {
        if (evicted) {
          policy.evict(node);
        } else {
          policy.remove(node);
        }
        addWeight(node, -node.weight());
      }
      node.state = BoundedNode.GONE;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the node that should go, which stays in until it is evicted, or {@code null}. */
  public @Nullable BoundedNode<?> victim() {
    lock.lock();
    try {
      for (BoundedNode<?> node = tooHeavy.peek(); node != null; node = tooHeavy.peek()) {
        if (node.isIn() && node.weight() > capacity) {
          return node;
        }
        tooHeavy.remove();
      }
      return policy.victim();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a victim cannot go now, so that another is chosen next. */
  public void spare(BoundedNode<?> node) {
    lock.lock();
    try {
      if (node.isIn()) {
        policy.spare(node);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Changes what the entries may weigh together; the caller evicts. */
  public void setCapacity(long newCapacity) {
    lock.lock();
    try {
      capacity = newCapacity;
      policy.capacity(newCapacity);
    } finally {
      lock.unlock();
    }
  }

  /** Changes the policy, and gives the new one all nodes in the order in which they would go. */
  public void setPolicy(Factory<? extends EvictionPolicy<?>> factory) {
    NodePolicy next = create(factory);
    lock.lock();
    try {
      next.capacity(capacity);
      drain(policy).forEach(next::add);
      policy = next;
    } finally {
      lock.unlock();
    }
  }

  /** Takes all nodes out of a policy, before another one changes what it has noted in them. */
  private static List<BoundedNode<?>> drain(NodePolicy policy) {
    List<BoundedNode<?>> nodes = new ArrayList<>();
    for (BoundedNode<?> node = policy.victim(); node != null; node = policy.victim()) {
      policy.remove(node);
      node.state = BoundedNode.NEW;
      node.hits = 0;
      nodes.add(node);
    }
    return nodes;
  }

  @GuardedBy("lock")
  private void addWeight(BoundedNode<?> node, long difference) {
    long newWeight = weight + difference;
    weight = newWeight;
    if (difference > 0 && node.weight() > capacity) {
      tooHeavy.add(node);
    }
  }
}
