package dev.larder.internal.memory;

import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.table.Node;
import dev.larder.internal.table.NodeTable;

/**
 * Runs operations on nodes without holding their keys: looks at the content, decides, and replaces
 * it if it still is the same object; else begins anew.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class Swaps<K, V> {
  private final NodeTable<K, V> table;
  private final Holds<K, V> holds;
  private final Nodes<K, V> nodes;
  private final ExpiryRules expiry;

  Swaps(NodeTable<K, V> table, Holds<K, V> holds, Nodes<K, V> nodes, ExpiryRules expiry) {
    this.table = table;
    this.holds = holds;
    this.nodes = nodes;
    this.expiry = expiry;
  }

  /** Runs an operation that may run again; waits while the key is held. */
  void run(K key, EntryOperation<V, ?> operation) {
    while (!tryRun(key, operation)) {
      holds.awaitFree(key);
    }
  }

  /** Runs an operation that may run again, unless the key is held; says whether it did. */
  boolean tryRun(K key, EntryOperation<V, ?> operation) {
    Node<V> node = table.get(key);
    while (node == null ? !create(key, operation) : !change(key, node, operation)) {
      if (holds.isHeld(key)) {
        return false;
      }
      node = table.get(key);
    }
    return true;
  }

  private boolean create(K key, EntryOperation<V, ?> operation) {
    operation.run(null, expiry);
    V value = operation.after();
    if (value == null || operation.isStillborn()) {
      return true;
    }
    Node<V> node = nodes.create(key, value, operation);
    if (table.putIfAbsent(node) != null) {
      return false;
    }
    nodes.stored(node, operation);
    return true;
  }

  /** Runs an operation on a node; returns false if that came to nothing. */
  @SuppressWarnings("unchecked") // content that is no hold is a value
  private boolean change(K key, Node<V> node, EntryOperation<V, ?> operation) {
    Object content = node.content();
    if (content instanceof Hold) {
      return false;
    }
    long deadline = node.deadline();
    if (expiry.isPast(deadline)) {
      expire(key, node);
      return false;
    }
    operation.run((V) content, deadline, expiry);
    return switch (operation.change()) {
      case CREATE, UPDATE, LOAD -> update(node, content, deadline, operation);
      case REMOVE, DISCARD -> remove(node, content);
      case TOUCH -> {
        node.touch(deadline, operation.deadline());
        yield true;
      }
      case NONE -> true;
    };
  }

  private boolean update(
      Node<V> node, Object content, long deadline, EntryOperation<V, ?> operation) {
    V value = operation.after();
    if (value == null) {
      throw new AssertionError(operation.change());
    }
    if (operation.deadline() == deadline) {
      if (!node.replaceContent(content, value)) {
        return false;
      }
    } else {
      Hold<V> hold = Hold.of(Hold.committed(node, content));
      if (!node.replaceContent(content, hold)) {
        return false;
      }
      node.setDeadline(operation.deadline());
      node.setContent(value);
      hold.release();
    }
    nodes.stored(node, operation);
    return true;
  }

  private boolean remove(Node<V> node, Object content) {
    if (!node.replaceContent(content, Hold.GONE)) {
      return false;
    }
    table.remove(node);
    nodes.removed(node);
    return true;
  }

  /** Drops a node if it has expired; whoever holds its key does so itself. */
  void expire(K key, Node<V> node) {
    Object content = node.content();
    if (content instanceof Hold) {
      return;
    }
    // The deadline counts only while nobody else can change it.
    Hold<V> hold = Hold.of(Hold.committed(node, content));
    hold.setNode(node);
    if (node.replaceContent(content, hold)) {
      if (expiry.isPast(node.deadline())) {
        hold.commit(null);
      }
      holds.release(key, hold);
    }
  }
}
