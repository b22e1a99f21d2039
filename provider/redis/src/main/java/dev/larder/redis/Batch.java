package dev.larder.redis;

import dev.larder.BackendException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one call, which share the wire with other calls: as many are on their way as
 * there is room for, and some room is left. If there is none at all, the call fails. After a
 * failure, nothing more is sent.
 */
final class Batch extends CompletableFuture<@Nullable Void> {
  private static final int AT_ONCE = 1_000;

  private final Wire wire;

  /** What is still to be sent; only for the one who sends. */
  private final Queue<Supplier<CompletionStage<@Nullable Void>>> commands;

  /** How many have asked for more to be sent; who asks first does it, for all. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicInteger onTheirWay = new AtomicInteger();
  private volatile boolean anyDone;
  private volatile @Nullable Throwable failure;

  private Batch(Wire wire, List<Supplier<CompletionStage<@Nullable Void>>> commands) {
    this.wire = wire;
    this.commands = new ArrayDeque<>(commands);
  }

  /** Sends commands; completes when all that were sent have been answered. */
  static CompletionStage<@Nullable Void> send(
      Wire wire, List<Supplier<CompletionStage<@Nullable Void>>> commands) {
    Batch batch = new Batch(wire, commands);
    batch.sendMore();
    return batch;
  }

  private void sendMore() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int answered = 1;
    while (answered != 0) {
      sendWhatFits();
      answered = asked.addAndGet(-answered);
    }
  }

  private void sendWhatFits() {
    Supplier<CompletionStage<@Nullable Void>> next = commands.peek();
    while (failure == null && next != null) {
      int others = onTheirWay.get();
      CompletionStage<?> reply = others < AT_ONCE ? wire.trySend(next, others > 0) : null;
      if (reply == null) {
        if (others > 0) {
          return;
        }
        failure = wire.tooMany();
        break;
      }
      commands.remove();
      next = commands.peek();
      onTheirWay.incrementAndGet();
      var unused = reply.whenComplete((value, cause) -> noteReply(cause));
    }
    if (onTheirWay.get() == 0) {
      end();
    }
  }

  private void noteReply(@Nullable Throwable cause) {
    if (cause == null) {
      anyDone = true;
    } else if (failure == null) {
      failure = Failures.unwrapped(cause);
    }
    onTheirWay.decrementAndGet();
    sendMore();
  }

  private void end() {
    Throwable cause = failure;
    if (cause == null) {
      complete(null);
    } else if (anyDone && cause instanceof BackendException e) {
      completeExceptionally(Failures.partly(e));
    } else {
      completeExceptionally(cause);
    }
  }
}
