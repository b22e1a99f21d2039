package dev.larder.internal.memory;

import dev.larder.LarderConfiguration;
import dev.larder.Weigher;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.eviction.Bound;
import dev.larder.internal.eviction.BoundedNode;
import dev.larder.internal.eviction.WeighedNode;
import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.table.Node;
import dev.larder.internal.table.NodeTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes a cache's nodes, and evicts some where their number or weight is bounded.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class Nodes<K, V> {
  /** An insertion gives up after so many victims whose keys are held; the next one tries again. */
  private static final int MOST_SPARED = 16;

  private final NodeTable<K, V> table;
  private final OutcomeRecorder<K, V> recorder;
  private final @Nullable Weigher<? super K, ? super V> weigher;
  private final @Nullable Bound bound;

  Nodes(EngineParts<K, V> parts, NodeTable<K, V> table) {
    this.table = table;
    this.recorder = parts.recorder();
    LarderConfiguration<K, V> configuration = parts.configuration();
    this.weigher = configuration.weigher();
    long capacity = capacity(configuration);
    this.bound =
        capacity == Long.MAX_VALUE
            ? null
            : new Bound(parts.cacheName(), capacity, configuration.evictionPolicyFactory());
  }

  private static long capacity(LarderConfiguration<?, ?> configuration) {
    return Math.min(configuration.maxEntries(), configuration.maxWeight());
  }

  /** Says whether reads matter to eviction. */
  boolean areBounded() {
    return bound != null;
  }

  /** Says whether a weigher of the user's is asked about new values. */
  boolean areWeighed() {
    return weigher != null;
  }

  /** Weighs the value that an operation is about to store. */
  void weigh(K key, EntryOperation<V, ?> operation) {
    V value = operation.after();
    if (weigher != null && value != null) {
      long weight = weigher.weigh(key, value);
      if (weight < 0) {
        throw new IllegalArgumentException(
            "the weigher says that the entry of key %s weighs %d; the least is 0"
                .formatted(key, weight));
      }
      operation.setWeight((int) Math.min(weight, Integer.MAX_VALUE));
    }
  }

  /** Makes the node of a new entry. */
  Node<V> create(K key, V value, EntryOperation<V, ?> operation) {
    return node(key, value, operation.deadline());
  }

  /** Makes the node of a key that is held and has no value yet. */
  Node<V> blank(K key, Hold<V> hold) {
    return node(key, hold, Deadline.NEVER);
  }

  private Node<V> node(K key, Object content, long deadline) {
    if (bound == null) {
      return new Node<>(key, content, deadline);
    }
    return weigher == null
        ? new BoundedNode<>(key, content, deadline)
        : new WeighedNode<>(key, content, deadline);
  }

  /** Notes that a node's value was read. */
  void read(Node<V> node) {
    if (bound != null) {
      bound.read((BoundedNode<V>) node);
    }
  }

  /** Notes that a node has a value that an operation stored, its first or another. */
  void stored(Node<V> node, EntryOperation<V, ?> operation) {
    if (bound != null) {
      bound.store((BoundedNode<V>) node, operation.weight());
    }
  }

  /** Notes that a node has left the table. */
  void removed(Node<V> node) {
    if (bound != null) {
      bound.remove((BoundedNode<V>) node);
    }
  }

  /** Evicts what is too much after an operation; an entry whose key is held has another chance. */
  void keepWithinBound(EntryOperation<V, ?> operation) {
    if (bound != null && operation.change().stores()) {
      evict(bound);
    }
  }

  private void evict(Bound exceeded) {
    int spared = 0;
    while (exceeded.isExceeded() && spared < MOST_SPARED) {
      BoundedNode<?> victim = exceeded.victim();
      if (victim == null) {
        return;
      }
      if (drop(victim)) {
        exceeded.evict(victim);
        recorder.eviction();
      } else {
        exceeded.spare(victim);
        spared++;
      }
    }
  }

  /** Takes a node out of the table, unless its key is held. */
  private boolean drop(BoundedNode<?> victim) {
    for (Object content = victim.content();
        !(content instanceof Hold);
        content = victim.content()) {
      if (victim.replaceContent(content, Hold.GONE)) {
        table.remove(victim);
        return true;
      }
    }
    return false;
  }

  /** Changes the bound and the policy, and evicts what no longer fits. */
  void changeBound(LarderConfiguration<K, V> from, LarderConfiguration<K, V> to) {
    if (bound == null) {
      throw new UnsupportedOperationException(
          "the cache was created without a bound; only one with maxEntries or maxWeight can change"
              + " it");
    }
    if (!from.evictionPolicyFactory().equals(to.evictionPolicyFactory())) {
      bound.setPolicy(to.evictionPolicyFactory());
    }
    bound.setCapacity(capacity(to));
    evict(bound);
  }
}
