package dev.larder.internal.remote;

import dev.larder.internal.eviction.BoundedNode;
import java.util.Comparator;

/** An entry of a remote cache as this client knows it: no value, but its key in both forms. */
final class ClientNode extends BoundedNode<byte[]> {
  static final Comparator<ClientNode> BY_DEADLINE =
      Comparator.<ClientNode>comparingLong(ClientNode::deadline)
          .thenComparingLong(node -> node.number);

  /** Tells nodes with one deadline apart. */
  private final long number;

  ClientNode(Object key, byte[] bytes, long number) {
    super(key, bytes, Long.MAX_VALUE);
    this.number = number;
  }

  byte[] bytes() {
    return (byte[]) content();
  }
}
