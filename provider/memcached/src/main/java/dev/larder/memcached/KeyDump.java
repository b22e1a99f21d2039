package dev.larder.memcached;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a server list its keys, which the driver cannot: over a connection of its own for each list,
 * on a thread of its own, and one list at a time.
 */
final class KeyDump {
  private static final long PAUSE_MILLIS = 20;
  private static final long IDLE_SECONDS = 1;

  private final Server server;
  private final ConnectionLimits limits;
  private final Duration scanTimeout;
  private final ThreadPoolExecutor executor;
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
  private volatile Socket present = new Socket();

  /**
   * Begins for one server.
   *
   * @param scanTimeout how long it may take to list its keys
   */
  KeyDump(Server server, ConnectionLimits limits, Duration scanTimeout) {
    this.server = server;
    this.limits = limits;
    this.scanTimeout = scanTimeout;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Wire.daemon(task, "larder-memcached-scan"));
    executor.allowCoreThreadTimeOut(true);
  }

  /** Lists the keys that may begin with a prefix. */
  @SuppressWarnings("CollectionUndefinedEquality") // a future is only equal to itself
  CompletionStage<List<ListedKey>> list(byte[] prefix) {
    CompletableFuture<List<ListedKey>> listed = new CompletableFuture<>();
    pending.add(listed);
    try {
      executor.execute(
          () -> {
            try {
              listed.complete(listNow(prefix));
            } catch (RuntimeException e) {
              listed.completeExceptionally(e);
            } finally {
              pending.remove(listed);
            }
          });
    } catch (RejectedExecutionException e) {
      pending.remove(listed);
      listed.completeExceptionally(closed(e));
    }
    return listed;
  }

  /** Asks until the server has no other list to make, or the time is over. */
  private List<ListedKey> listNow(byte[] prefix) {
    long end = System.nanoTime() + scanTimeout.toNanos();
    try {
      List<ListedKey> listed = attempt(prefix, end);
      while (listed == null) {
        Thread.sleep(PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
        listed = attempt(prefix, end);
      }
      return listed;
    } catch (IOException e) {
      throw new BackendException(
          "Memcached at %s did not list its keys: %s".formatted(server, e.getMessage()), e, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed(e);
    }
  }

  private BackendException closed(@Nullable Exception cause) {
    return new BackendException(
        "the connection to Memcached at %s is closed; its keys were not listed".formatted(server),
        cause,
        false);
  }

  /**
   * Asks once; returns null if the server lists its keys for somebody else just now.
   *
   * @throws IOException if the server does not answer, or the time is over
   */
  private @Nullable List<ListedKey> attempt(byte[] prefix, long end) throws IOException {
    try (Socket socket = new Socket()) {
      present = socket;
      if (executor.isShutdown()) {
        throw new IOException("the connection is closed");
      }
      socket.connect(
          server.node.getSocketAddress(), Math.toIntExact(limits.connectTimeout().toMillis()));
      return new KeyListing(server, socket, scanTimeout, end).read(prefix);
    }
  }

  /** Ends the list that is under way, and those that wait for it. */
  void close() {
    executor.shutdownNow();
    pending.forEach(listed -> listed.completeExceptionally(closed(null)));
    try {
      present.close();
    } catch (IOException e) {
      // It ends at its time limit then, and nobody waits for it.
    }
  }
}
