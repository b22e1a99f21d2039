package dev.larder.internal.eviction;

import dev.larder.spi.EvictionPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy of the user's. Nodes also stand in the order of insertion, so that the bound holds even
 * where that policy fails.
 */
final class OwnPolicy implements NodePolicy {
  private static final Logger LOG = System.getLogger("dev.larder.eviction");
  private static final byte QUEUED = 1;

  private final NodeQueue queue = new NodeQueue();
  private final EvictionPolicy<Object> policy;
  private final String cacheName;

  /** The keys that the policy knows: of two nodes of a key, of which one is leaving, the newer. */
  private final Map<Object, BoundedNode<?>> known = new HashMap<>();

  /** The last victim that could not go: if the policy insists, another does. */
  private @Nullable BoundedNode<?> spared;

  OwnPolicy(EvictionPolicy<Object> policy, String cacheName) {
    this.policy = policy;
    this.cacheName = cacheName;
  }

  @Override
  public void capacity(long capacity) {
    tell(() -> policy.onCapacity(capacity));
  }

  @Override
  public boolean read(BoundedNode<?> node) {
    return true;
  }

  @Override
  public void touch(BoundedNode<?> node) {
    tell(() -> policy.onRead(node.key()));
  }

  @Override
  public void spare(BoundedNode<?> node) {
    spared = node;
    queue.renew(node);
  }

  @Override
  public void add(BoundedNode<?> node) {
    queue.add(node);
    node.state = QUEUED;
    if (known.put(node.key(), node) == null) {
      tell(() -> policy.onInsert(node.key(), node.weight()));
    } else {
      tell(() -> policy.onUpdate(node.key(), node.weight()));
    }
  }

  @Override
  public void update(BoundedNode<?> node, long difference) {
    queue.reweigh(difference);
    tell(() -> policy.onUpdate(node.key(), node.weight()));
  }

  @Override
  public void remove(BoundedNode<?> node) {
    queue.remove(node);
    if (known.remove(node.key(), node)) {
      tell(() -> policy.onRemove(node.key()));
    }
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    Object key = null;
    try {
      key = policy.victim();
    } catch (RuntimeException e) {
      warn(e);
    }
    BoundedNode<?> node = known.get(key);
    if (node != null) {
      return node == spared ? queue.oldest() : node;
    }
    if (key != null) {
      LOG.log(
          Level.WARNING,
          "cache ''{0}'': {1} chose a key that is not there; the oldest entry goes instead",
          cacheName,
          policy.getClass().getName());
    }
    return queue.oldest();
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private void warn(RuntimeException e) {
    LOG.log(
        Level.WARNING,
        "cache '%s': the eviction policy %s failed; its books may be wrong from now on"
            .formatted(cacheName, policy.getClass().getName()),
        e);
  }
}
