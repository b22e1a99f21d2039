package dev.larder.internal.eviction;

import dev.larder.Eviction;
import dev.larder.spi.EvictionPolicy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of Larder's own policies with books of its own, for whoever has keys but no nodes.
 *
 * @param <K> the type of keys
 */
public final class KeyedPolicy<K> implements EvictionPolicy<K> {
  private final Map<Object, WeighedNode<?>> nodes = new HashMap<>();
  private final NodePolicy policy;

  private KeyedPolicy(NodePolicy policy) {
    this.policy = policy;
  }

  /** Makes the policy of a name. */
  public static <K> KeyedPolicy<K> of(Eviction eviction) {
    return new KeyedPolicy<>(nodePolicy(eviction));
  }

  static NodePolicy nodePolicy(Eviction eviction) {
    return switch (eviction) {
      case TINY_LFU -> new TinyLfuPolicy();
      case LRU -> QueuePolicy.lru();
      case LFU -> new LfuPolicy();
      case FIFO -> QueuePolicy.fifo();
      case SIEVE -> new SievePolicy();
      case S3_FIFO -> new S3FifoPolicy();
      case RANDOM -> new RandomPolicy();
    };
  }

  @Override
  public void onCapacity(long capacity) {
    policy.capacity(capacity);
  }

  @Override
  public void onInsert(K key, long weight) {
    WeighedNode<?> node = new WeighedNode<>(key, key, 0);
    node.reweigh((int) Math.min(weight, Integer.MAX_VALUE));
    nodes.put(key, node);
    policy.add(node);
  }

  @Override
  public void onRead(K key) {
    WeighedNode<?> node = nodes.get(key);
    if (node != null && policy.read(node)) {
      policy.touch(node);
    }
  }

  @Override
  public void onUpdate(K key, long weight) {
    WeighedNode<?> node = nodes.get(key);
    if (node != null) {
      policy.update(node, node.reweigh((int) Math.min(weight, Integer.MAX_VALUE)));
    }
  }

  @Override
  public void onRemove(K key) {
    WeighedNode<?> node = nodes.remove(key);
    if (node != null) {
      policy.evict(node);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the nodes' keys are those that came in
  public @Nullable K victim() {
    BoundedNode<?> victim = policy.victim();
    return victim == null ? null : (K) victim.key();
  }
}
