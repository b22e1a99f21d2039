package dev.larder.async;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the calls on one cache on an executor, each when its turn has come. */
final class Calls {
  private final String cacheName;
  private final Executor executor;
  private final CallOrder<Call<?>> order;

  Calls(String cacheName, Executor executor, int maxInFlight) {
    this.cacheName = cacheName;
    this.executor = executor;
    this.order = new CallOrder<>(cacheName, maxInFlight);
  }

  /**
   * Takes a call.
   *
   * @param body what it does; the call ends with the stage that this returns
   */
  <T extends @Nullable Object> CompletionStage<T> submit(
      Scope scope, Supplier<? extends CompletionStage<T>> body) {
    Call<T> call = new Call<>(scope, body);
    try {
      if (order.enter(call.place)) {
        start(List.of(call));
      }
    } catch (RejectedExecutionException e) {
      return failedFuture(e);
    }
    return call.stage;
  }

  /** Says whether no call is under way or waits. */
  boolean isIdle() {
    return order.isEmpty();
  }

  private void start(Collection<Call<?>> ready) {
    Queue<Call<?>> toStart = new ArrayDeque<>(ready);
    List<Runnable> refused = new ArrayList<>(0);
    for (Call<?> next = toStart.poll(); next != null; next = toStart.poll()) {
      Call<?> call = next;
      try {
        executor.execute(call);
      } catch (RuntimeException | Error e) {
        toStart.addAll(order.leave(call.place));
        refused.add(() -> call.refuse(e));
      }
    }
    // Only now, for what depends on them may wait for the others.
    refused.forEach(Runnable::run);
  }

  /** Runs a task on the executor, or here if that refuses: it has to be run. */
  private void handOver(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException shutDownSince) {
      task.run();
    }
  }

  private final class Call<T extends @Nullable Object> implements Runnable {
    private final CallOrder.Place<Call<?>> place;
    private final Supplier<? extends CompletionStage<T>> body;
    private final CompletableFuture<T> stage = new CompletableFuture<>();
    private final @Nullable ClassLoader callersLoader =
        Thread.currentThread().getContextClassLoader();

    private Call(Scope scope, Supplier<? extends CompletionStage<T>> body) {
      this.place = new CallOrder.Place<>(scope, this);
      this.body = body;
    }

    @Override
    public void run() {
      CompletionStage<T> outcome = outcome();
      boolean endsHere = outcome.toCompletableFuture().isDone();
      outcome.whenComplete(
          (result, failure) -> {
            if (endsHere) {
              end(result, failure);
            } else { // this thread is the cache's own, and may hold its locks
              handOver(() -> end(result, failure));
            }
          });
    }

    private CompletionStage<T> outcome() {
      Thread thread = Thread.currentThread();
      ClassLoader threadsLoader = thread.getContextClassLoader();
      try {
        thread.setContextClassLoader(callersLoader);
        return body.get();
      } catch (Throwable e) {
        return failedFuture(e);
      } finally {
        thread.setContextClassLoader(threadsLoader);
      }
    }

    /** Makes room for others before anything that depends on the result runs. */
    private void end(T result, @Nullable Throwable failure) {
      start(order.leave(place));
      if (failure == null) {
        stage.complete(result);
      } else {
        stage.completeExceptionally(failure);
      }
    }

    private void refuse(Throwable cause) {
      stage.completeExceptionally(
          new RejectedExecutionException(
              "cache '%s': the executor %s refused the call".formatted(cacheName, executor),
              cause));
    }
  }
}
