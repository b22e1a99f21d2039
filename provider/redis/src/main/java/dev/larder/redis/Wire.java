package dev.larder.redis;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.RemoteStore;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReadOnlyException;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands, a bounded number at a time. Each gets an answer or a {@link
 * dev.larder.BackendException} within the time limit, whatever the driver does.
 *
 * <p>A command counts as on its way until the driver lets go of it, which may be long after its
 * caller was told that there is no answer: the bound is also one of memory.
 */
final class Wire {
  /** A part of the bound, by which it is divided, that calls of many commands leave to others. */
  private static final int ROOM_FOR_OTHERS = 4;

  private final ConnectionLimits limits;
  private final Failures failures;
  private final Connections connections;
  private final HashedWheelTimer timer;
  private final Semaphore free;
  private volatile boolean closed;

  /**
   * Creates a wire.
   *
   * @param timer is stopped with the wire
   */
  Wire(
      ConnectionLimits limits, Failures failures, Connections connections, HashedWheelTimer timer) {
    this.limits = limits;
    this.failures = failures;
    this.connections = connections;
    this.timer = timer;
    this.free = new Semaphore(limits.inFlight());
  }

  /** Sends a command if there is room for one more. */
  <T extends @Nullable Object> CompletionStage<T> send(Supplier<CompletionStage<T>> command) {
    if (closed) {
      return CompletableFuture.failedFuture(failures.closed(false));
    }
    return free.tryAcquire() ? sent(command) : CompletableFuture.failedFuture(tooMany());
  }

  /**
   * Sends a command, or returns {@code null} if there is no room.
   *
   * @param modestly whether there must be room for others as well
   */
  <T extends @Nullable Object> @Nullable CompletionStage<T> trySend(
      Supplier<CompletionStage<T>> command, boolean modestly) {
    if (closed) {
      return CompletableFuture.failedFuture(failures.closed(false));
    }
    boolean room = !modestly || free.availablePermits() > limits.inFlight() / ROOM_FOR_OTHERS;
    return room && free.tryAcquire() ? sent(command) : null;
  }

  /** Does something later that does not block; never, if the wire is closed by then. */
  void later(Runnable action, Duration delay) {
    try {
      var unused = timer.newTimeout(due -> action.run(), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (IllegalStateException e) {
      // Stopped, since the wire is closed.
    }
  }

  /** Returns why a command without room is not sent. */
  BackendException tooMany() {
    return failures.tooMany();
  }

  private <T extends @Nullable Object> CompletionStage<T> sent(
      Supplier<? extends CompletionStage<T>> command) {
    long lost = connections.lost();
    CompletableFuture<T> reply = started(command);
    boolean atOnce = reply.isDone() && connections.lost() == lost;
    Call<T> call = new Call<>(reply, atOnce);
    if (!reply.isDone()) {
      call.startTimer();
    }
    var unused = reply.whenComplete(call::end);
    return call;
  }

  private static <T extends @Nullable Object> CompletableFuture<T> started(
      Supplier<? extends CompletionStage<T>> command) {
    try {
      return command.get().toCompletableFuture();
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns how many commands are on their way, and how many connections have ended. */
  RemoteStore.Figures figures() {
    return new RemoteStore.Figures(limits.inFlight() - free.availablePermits(), connections.lost());
  }

  /** Refuses all further commands. */
  void beginClose() {
    closed = true;
  }

  /** Ends the commands that the driver has forgotten; its connections are closed. */
  void close() {
    for (Timeout timeout : timer.stop()) {
      if (timeout.task() instanceof Call<?> call) {
        call.completeExceptionally(failures.closed(true));
      }
    }
  }

  /** A command on its way; completes with the answer, an explained failure, or the time limit. */
  private final class Call<T extends @Nullable Object> extends CompletableFuture<T>
      implements TimerTask {
    private final CompletableFuture<T> reply;
    private final boolean atOnce;
    private final AtomicBoolean onItsWay = new AtomicBoolean(true);
    private volatile @Nullable Timeout timeout;

    Call(CompletableFuture<T> reply, boolean atOnce) {
      this.reply = reply;
      this.atOnce = atOnce;
    }

    void startTimer() {
      schedule(limits.timeout());
      if (closed) {
        completeExceptionally(failures.closed(true));
      }
    }

    private void schedule(Duration delay) {
      try {
        timeout = timer.newTimeout(this, delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (IllegalStateException e) {
        // Stopped, as happens when the wire closes: nobody waits for this call any more.
      }
    }

    /** The time is up: tells the caller, and waits some more for the driver. */
    @Override
    public void run(Timeout reached) {
      if (completeExceptionally(failures.timedOut())) {
        schedule(limits.silence().plus(limits.timeout()));
        return;
      }
      // The connection was cut by now, or others were answered: the driver has lost this one.
      release();
      reply.cancel(false);
    }

    void end(T value, @Nullable Throwable failure) {
      release();
      Timeout running = timeout;
      if (running != null) {
        running.cancel();
      }
      if (failure == null) {
        complete(value);
      } else {
        fail(Failures.unwrapped(failure));
      }
    }

    private void fail(Throwable failure) {
      if (failure instanceof RedisReadOnlyException) {
        connections.renew();
      }
      boolean sent = !(atOnce && isRefusal(failure));
      completeExceptionally(closed ? failures.closed(sent) : failures.explained(failure, sent));
    }

    private void release() {
      if (onItsWay.compareAndSet(true, false)) {
        free.release();
      }
    }
  }

  /**
   * Says whether the driver threw the command back. It does so at once, with an exception of no
   * class of its own, which it also has for a connection that ends.
   */
  private static boolean isRefusal(Throwable failure) {
    return failure.getClass() == RedisException.class
        || failure instanceof RedisConnectionException;
  }
}
