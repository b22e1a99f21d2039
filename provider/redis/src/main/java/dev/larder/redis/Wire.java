package dev.larder.redis;

import dev.larder.BackendException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands, a bounded number at a time, and turns what goes wrong into {@link
 * BackendException}s.
 *
 * <p>A connection on which several commands in a row get no answer is cut: a peer that is gone
 * without a word would otherwise never be noticed.
 */
final class Wire {
  private final String server;
  private final Limits limits;
  private final Runnable cut;
  private final Semaphore free;
  private final AtomicInteger timeoutsInARow = new AtomicInteger();

  /**
   * Creates a wire.
   *
   * @param server names the server in errors, without secrets
   * @param cut cuts the connection
   */
  Wire(String server, Limits limits, Runnable cut) {
    this.server = server;
    this.limits = limits;
    this.cut = cut;
    this.free = new Semaphore(limits.inFlight());
  }

  /** Sends a command if there is room for one more. */
  <T extends @Nullable Object> CompletionStage<T> send(Supplier<CompletionStage<T>> command) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new BackendException(
              "Redis at %s: %d commands are on their way already; this one was not sent"
                  .formatted(server, limits.inFlight()),
              null,
              false));
    }
    CompletionStage<T> reply;
    try {
      reply = command.get();
    } catch (RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    return reply.handle(
        (value, failure) -> {
          free.release();
          if (failure == null) {
            timeoutsInARow.set(0);
            return value;
          }
          throw new CompletionException(explained(failure));
        });
  }

  private BackendException explained(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RedisCommandTimeoutException) {
      if (timeoutsInARow.incrementAndGet() % limits.timeoutsInARow() == 0) {
        cut.run();
      }
      return new BackendException(
          ("Redis at %s did not answer within %d ms; the command may have been executed. Is it"
                  + " overloaded? The parameter 'timeout' of the URI allows more")
              .formatted(server, limits.timeout().toMillis()),
          cause,
          true);
    }
    timeoutsInARow.set(0);
    if (cause instanceof RedisCommandExecutionException) {
      return new BackendException(
          "Redis at %s refused: %s".formatted(server, cause.getMessage()), cause, false);
    }
    boolean sent =
        !String.valueOf(cause == null ? null : cause.getMessage()).contains("not connected");
    return new BackendException(
        "Redis at %s cannot be used now: %s%s"
            .formatted(
                server,
                cause == null ? failure.getMessage() : cause.getMessage(),
                sent ? "; the command may have been executed" : "; the command was not sent"),
        cause,
        sent);
  }
}
