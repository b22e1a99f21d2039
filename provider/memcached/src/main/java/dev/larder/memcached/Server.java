package dev.larder.memcached;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.spy.memcached.MemcachedNode;

/**
 * One of the servers, and the number of its present connection.
 *
 * <p>The numbers that a server gives to values begin anew when it starts, so they mean something
 * only together with the connection over which they came: its epoch. No two connections of this JVM
 * have the same, within the last {@value #EPOCHS}.
 */
final class Server {
  static final int EPOCHS = 1 << 15;
  private static final AtomicInteger NEXT = new AtomicInteger();

  final MemcachedNode node;
  final String name;
  final CompletableFuture<Server> connected = new CompletableFuture<>();
  private volatile int epoch = nextEpoch();

  Server(MemcachedNode node) {
    this.node = node;
    this.name = Addresses.name((InetSocketAddress) node.getSocketAddress());
  }

  private static int nextEpoch() {
    return NEXT.incrementAndGet() & (EPOCHS - 1);
  }

  /** Returns the number of the present connection, or of the next if there is none. */
  int epoch() {
    return epoch;
  }

  /** Begins the next epoch, on the driver's thread: what belongs to the last one is not sent. */
  void noteLost() {
    epoch = nextEpoch();
    var unused = node.getCurrentWriteOp(); // has its WriteQueue drop it
  }

  @Override
  public String toString() {
    return name;
  }
}
