package dev.larder.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The driver's connections, which are made anew after a pause that begins with some hundredths of a
 * second and doubles, up to a second, as long as the server does not answer. Half of it is chance,
 * so that not all clients of a server come back at the same moment.
 *
 * <p>The driver itself pauses for whole seconds, or not at all. Here it does not, and hears of a
 * lost connection when the pause is over.
 */
final class Reconnecting extends MemcachedConnection {
  private static final long SHORTEST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 1_000;

  /** The latest pauses; null while the driver's constructor runs, which starts its thread. */
  private volatile @Nullable Map<MemcachedNode, Pause> pauses;

  /** Begins to connect. */
  Reconnecting(Driver driver, List<InetSocketAddress> addresses) throws IOException {
    super(
        driver.getReadBufSize(),
        driver,
        addresses,
        driver.getInitialObservers(),
        driver.getFailureMode(),
        driver.getOperationFactory());
    pauses = new HashMap<>(); // which only the driver's thread touches
  }

  /**
   * A time in which no connection is tried.
   *
   * @param start when the connection before was lost
   * @param longest how long it may be
   * @param end when it ends
   * @param isOver whether it has ended
   */
  private record Pause(long start, long longest, long end, boolean isOver) {
    static Pause of(long longest) {
      long now = System.nanoTime();
      long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest);
      return new Pause(now, longest, now + TimeUnit.MILLISECONDS.toNanos(millis), false);
    }

    boolean hasAnsweredSince(MemcachedNode node) {
      return node.lastReadDelta() < TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    Pause next(MemcachedNode node) {
      return of(hasAnsweredSince(node) ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, 2 * longest));
    }

    Pause over() {
      return new Pause(start, longest, end, true);
    }
  }

  /** Ends what was done over a connection, as the driver does, and begins a pause. */
  @Override
  protected void queueReconnect(MemcachedNode node) {
    Map<MemcachedNode, Pause> present = pauses;
    if (present == null) {
      super.queueReconnect(node);
      return;
    }
    if (node.getSk() != null) {
      node.getSk().cancel();
    }
    node.reconnecting();
    close(node);
    node.setupResend();
    node.destroyInputQueue().forEach(Operation::cancel);
    Pause last = present.get(node);
    present.put(node, last == null ? Pause.of(SHORTEST_MILLIS) : last.next(node));
  }

  private void close(MemcachedNode node) {
    try {
      if (node.getChannel() != null) {
        node.getChannel().close();
      }
    } catch (IOException e) {
      getLogger().debug("the connection to %s does not close", node, e);
    }
    node.setChannel(null);
  }

  /** Has the driver's thread look whether a pause is over. */
  void look() {
    var unused = selector.wakeup();
  }

  @Override
  public void handleIO() throws IOException {
    Map<MemcachedNode, Pause> present = pauses;
    if (present != null) {
      present.replaceAll((node, pause) -> endIfOver(node, pause));
    }
    super.handleIO();
  }

  private Pause endIfOver(MemcachedNode node, Pause pause) {
    if (pause.isOver() || System.nanoTime() - pause.end() < 0) {
      return pause;
    }
    super.queueReconnect(node);
    return pause.over();
  }
}
