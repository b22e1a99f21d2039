package dev.larder.memcached;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.spy.memcached.ops.DeleteOperation;
import net.spy.memcached.ops.GetAndTouchOperation;
import net.spy.memcached.ops.GetsOperation;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatsOperation;
import net.spy.memcached.ops.StatusCode;
import net.spy.memcached.ops.StoreOperation;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way: what the driver tells the answer to, and the future of that answer.
 *
 * <p>The driver ends each command once, by {@link #complete()}: with its answer, because the
 * connection was lost, or because it was not yet written when its time was over. Only then is there
 * room for another one; whoever waits may have been told long before that there is no answer.
 */
final class Call extends CompletableFuture<Reply>
    implements GetsOperation.Callback,
        GetAndTouchOperation.Callback,
        StoreOperation.Callback,
        DeleteOperation.Callback,
        StatsOperation.Callback {
  private final Wire wire;
  private final Server server;
  private final int epoch;
  private volatile @Nullable Operation operation;
  private volatile long start = System.nanoTime();

  private @Nullable OperationStatus status;
  private byte @Nullable [] data;
  private int flags;
  private long cas;
  private @Nullable Map<String, String> stats;

  /**
   * Creates a call.
   *
   * @param epoch the number of the connection over which alone it may be sent
   */
  Call(Wire wire, Server server, int epoch) {
    this.wire = wire;
    this.server = server;
    this.epoch = epoch;
  }

  /**
   * Notes the driver's operation. From now on the time counts, a moment later than the driver's.
   */
  void begin(Operation begun) {
    operation = begun;
    start = System.nanoTime();
  }

  Server server() {
    return server;
  }

  /** Says whether the connection for which it was meant is gone. */
  boolean isStale() {
    return epoch != server.epoch();
  }

  /** Returns for how many nanoseconds it has been on its way. */
  long age(long now) {
    return now - start;
  }

  /** Says whether the driver has begun to write it. Once its time is over, it never begins. */
  boolean isSent() {
    Operation begun = operation;
    return begun != null && begun.getState() != OperationState.WRITE_QUEUED;
  }

  @Override
  public void gotData(String key, int itemFlags, long itemCas, byte[] itemData) {
    flags = itemFlags;
    cas = itemCas;
    data = itemData;
  }

  @Override
  public void gotData(String key, long itemCas) {
    cas = itemCas;
  }

  @Override
  public void gotData(long itemCas) {
    cas = itemCas;
  }

  @Override
  public void gotStat(String name, String value) {
    if (stats == null) {
      stats = new LinkedHashMap<>();
    }
    stats.put(name, value);
  }

  @Override
  public void receivedStatus(OperationStatus received) {
    status = received;
  }

  @Override
  public void complete() {
    wire.noteEnd(this);
    OperationStatus last = status;
    StatusCode code = last == null ? StatusCode.CANCELLED : last.getStatusCode();
    String message = last == null ? "" : last.getMessage();
    switch (code) {
      case SUCCESS, ERR_NOT_FOUND, ERR_EXISTS, ERR_NOT_STORED -> complete(reply(code, message));
      case CANCELLED -> completeExceptionally(wire.failures().cancelled(server, isSent()));
      case TIMEDOUT -> completeExceptionally(wire.failures().timedOut(server, false));
      default -> completeExceptionally(wire.failures().refused(server, code, message));
    }
  }

  private Reply reply(StatusCode code, String message) {
    return new Reply(
        code, data, flags, cas, server.epoch(), message, stats == null ? Map.of() : stats);
  }
}
