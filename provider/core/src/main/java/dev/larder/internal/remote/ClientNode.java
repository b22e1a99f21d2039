package dev.larder.internal.remote;

import dev.larder.internal.eviction.BoundedNode;

/** An entry of a remote cache as this client knows it: no value, but its key in both forms. */
final class ClientNode extends BoundedNode<byte[]> implements Comparable<ClientNode> {
  /** Tells nodes with one deadline apart. */
  private final long number;

  ClientNode(Object key, byte[] bytes, long number) {
    super(key, bytes, Long.MAX_VALUE);
    this.number = number;
  }

  byte[] bytes() {
    return (byte[]) content();
  }

  /** Orders nodes by their deadlines. */
  @Override
  public int compareTo(ClientNode other) {
    int byDeadline = Long.compare(deadline(), other.deadline());
    return byDeadline == 0 ? Long.compare(number, other.number) : byDeadline;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
