package dev.larder.memcached;

import static java.util.Objects.requireNonNull;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.SparseLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.spy.memcached.ConnectionObserver;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.ops.Operation;

/**
 * Sends commands, a bounded number at a time. Each gets an answer or a {@link BackendException}
 * within the time limit, whatever the driver does; and none is sent over a connection that was made
 * after it was accepted.
 */
final class Wire implements ConnectionObserver {
  private static final Logger LOG = System.getLogger("dev.larder.memcached");

  /** Into how many looks at the time a time limit is divided. */
  private static final int LOOKS = 50;

  private static final long LONGEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long CLOSE_MILLIS = 1_000;

  private final SparseLog silences = new SparseLog("dev.larder.memcached");
  private final ConnectionLimits limits;
  private final Failures failures;
  private final Reconnecting connection;
  private final NodeLocator locator;
  private final Map<SocketAddress, Server> servers = new LinkedHashMap<>();
  private final Semaphore free;
  private final AtomicLong lost = new AtomicLong();
  private final Set<Call> onTheirWay = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closed;

  /**
   * Creates a wire.
   *
   * @param connection is closed with the wire
   */
  Wire(ConnectionLimits limits, Failures failures, Reconnecting connection) {
    this.limits = limits;
    this.failures = failures;
    this.connection = connection;
    this.locator = connection.getLocator();
    this.free = new Semaphore(limits.inFlight());
    for (MemcachedNode node : locator.getAll()) {
      servers.put(node.getSocketAddress(), new Server(node));
    }
    this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "larder-memcached-timer"));
  }

  /** Begins to watch the connections and the time. */
  void start() {
    connection.addObserver(this);
    servers.values().stream()
        .filter(server -> server.node.isActive())
        .forEach(server -> server.connected.complete(server));
    long look =
        Math.min(
            LONGEST_LOOK_NANOS,
            Math.max(TimeUnit.MILLISECONDS.toNanos(1), limits.timeout().toNanos() / LOOKS));
    var unused = timer.scheduleWithFixedDelay(this::look, look, look, TimeUnit.NANOSECONDS);
  }

  /** Makes a thread that keeps no JVM alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Failures failures() {
    return failures;
  }

  /** Returns the servers, in the order in which the URI names them. */
  List<Server> servers() {
    return List.copyOf(servers.values());
  }

  /** Returns the server that keeps a key. */
  Server serverOf(String key) {
    return servers.size() == 1
        ? servers.values().iterator().next()
        : serverAt(locator.getPrimary(key).getSocketAddress());
  }

  private Server serverAt(SocketAddress address) {
    return requireNonNull(servers.get(address));
  }

  /** Sends a command about a key, if there is a connection and room for one more. */
  CompletionStage<Reply> send(String key, Function<Call, Operation> command) {
    Server server = serverOf(key);
    return send(server, server.epoch(), command);
  }

  /**
   * Sends a command to a server.
   *
   * @param epoch the number of the connection over which alone it may be sent
   */
  CompletionStage<Reply> send(Server server, int epoch, Function<Call, Operation> command) {
    if (closed) {
      return CompletableFuture.failedFuture(failures.closed(server, false));
    }
    if (!server.node.isActive()) {
      return CompletableFuture.failedFuture(failures.cancelled(server, false));
    }
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(failures.tooMany(server));
    }
    Call call = new Call(this, server, epoch);
    onTheirWay.add(call);
    try {
      Operation operation = command.apply(call);
      call.begin(operation);
      connection.addOperations(Map.of(server.node, operation));
    } catch (RuntimeException e) {
      noteEnd(call);
      call.completeExceptionally(failures.notAccepted(server, e));
    }
    if (closed) {
      call.completeExceptionally(failures.closed(server, call.isSent()));
    }
    return call;
  }

  /** Notes that the driver has let go of a command. */
  void noteEnd(Call call) {
    if (onTheirWay.remove(call)) {
      free.release();
    }
  }

  /**
   * Looks at the time: ends calls that take too long, connections that seem dead, and pauses
   * between connections.
   */
  private void look() {
    long now = System.nanoTime();
    for (Call call : onTheirWay) {
      long age = call.age(now);
      if (age > limits.timeout().toNanos()) {
        call.completeExceptionally(failures.timedOut(call.server(), call.isSent()));
      }
      if (age > limits.silence().toNanos()) {
        cutIfSilent(call.server());
      }
    }
    if (servers.values().stream().anyMatch(server -> !server.node.isActive())) {
      connection.look();
    }
  }

  /** Has the driver make a connection anew, which it does after more timeouts in a row than 0. */
  private void cutIfSilent(Server server) {
    MemcachedNode node = server.node;
    if (node.lastReadDelta() > limits.silence().toMillis()
        && node.isActive()
        && node.getContinuousTimeout() == 0) {
      silences.warn(
          server.toString(),
          "Memcached at %s has been silent for %d ms; the connection is cut and made anew"
              .formatted(server, limits.silence().toMillis()),
          null);
      node.setContinuousTimeout(true);
    }
  }

  @Override
  public void connectionEstablished(SocketAddress address, int reconnectCount) {
    Server server = serverAt(address);
    server.connected.complete(server);
  }

  @Override
  public void connectionLost(SocketAddress address) {
    lost.incrementAndGet();
    serverAt(address).noteLost();
  }

  /** Returns how many commands are on their way, and how many connections have ended. */
  RemoteStore.Figures figures() {
    return new RemoteStore.Figures(limits.inFlight() - free.availablePermits(), lost.get());
  }

  /** Ends the connections, and the commands that are on their way; does nothing the second time. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.shutdownNow();
    try {
      connection.shutdown();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the connection to Memcached does not close", e);
    }
    awaitDriver();
    onTheirWay.forEach(
        call -> call.completeExceptionally(failures.closed(call.server(), call.isSent())));
  }

  /** Waits for the end of the driver's thread, though the caller be interrupted. */
  private void awaitDriver() {
    boolean interrupted = Thread.interrupted();
    try {
      connection.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
