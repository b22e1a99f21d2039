package dev.larder.internal.remote;

import dev.larder.internal.concurrent.Worker;
import dev.larder.internal.engine.Span;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs what follows a store's answer on an executor, one task of a call after the other; whoever
 * depends on the call goes on there too.
 */
final class PoolRuns implements Worker {
  private final Executor executor;
  private final Thread caller = Thread.currentThread();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger owed = new AtomicInteger();
  private volatile @Nullable Thread thread;

  private PoolRuns(Executor executor) {
    this.executor = executor;
  }

  /**
   * Starts a call.
   *
   * @param operation names the call, for errors
   * @return a stage of its own: cancelling it has no effect on the call
   */
  static <T extends @Nullable Object> CompletionStage<T> start(
      Executor executor,
      String cacheName,
      String operation,
      Function<Worker, CompletionStage<T>> call) {
    PoolRuns worker = new PoolRuns(executor);
    Span span = Span.remoteOperation(cacheName, operation);
    CompletableFuture<T> answer = new CompletableFuture<>();
    Stages.start(() -> call.apply(worker))
        .whenComplete(
            (result, failure) ->
                worker.finish(
                    failure == null
                        ? () -> answer.complete(result)
                        : () ->
                            answer.completeExceptionally(
                                Stages.of(cacheName, operation, failure))));
    if (span != null) {
      var unused = answer.whenComplete((result, failure) -> span.end(failure != null));
    }
    return answer;
  }

  private void finish(Runnable completion) {
    if (thread == Thread.currentThread()) {
      completion.run();
    } else {
      execute(completion);
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (owed.getAndIncrement() > 0) {
      return;
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) { // the manager is closing, and nobody else is left
      run();
    }
  }

  private void run() {
    do {
      thread = Thread.currentThread();
      Runnable task = tasks.remove();
      task.run();
      thread = null;
    } while (owed.decrementAndGet() > 0);
  }

  @Override
  public @Nullable Thread thread() {
    return thread;
  }

  @Override
  public Thread caller() {
    return caller;
  }

  @Override
  public boolean mayBlock() {
    return false;
  }
}
