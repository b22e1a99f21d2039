package dev.larder.internal.remote;

import dev.larder.BackendException;
import dev.larder.internal.concurrent.Worker;
import dev.larder.internal.engine.Span;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs what follows a store's answer on the thread that waits for it, so that a synchronous call
 * decodes, decides and calls user code on its own thread, never on a driver's.
 */
final class CallerRuns implements Worker {
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread caller = Thread.currentThread();
  private volatile boolean gone;

  private CallerRuns() {}

  /**
   * Starts an asynchronous call, works for it until it is done, and returns its result.
   *
   * @param operation names the call, for errors
   * @throws BackendException if the caller is interrupted: if it was before, nothing is started,
   *     else the command under way goes on without it, and no other follows
   */
  static <T extends @Nullable Object> T await(
      String cacheName, String operation, Function<Worker, CompletionStage<T>> call) {
    if (Thread.currentThread().isInterrupted()) {
      throw new BackendException(
          "cache '%s', %s: the thread is interrupted; nothing was sent"
              .formatted(cacheName, operation),
          null,
          false);
    }
    Span span = Span.remoteOperation(cacheName, operation);
    if (span == null) {
      return workFor(cacheName, operation, call);
    }
    boolean failed = true;
    try {
      T result = workFor(cacheName, operation, call);
      failed = false;
      return result;
    } finally {
      span.end(failed);
    }
  }

  private static <T extends @Nullable Object> T workFor(
      String cacheName, String operation, Function<Worker, CompletionStage<T>> call) {
    CallerRuns worker = new CallerRuns();
    CompletableFuture<T> result = call.apply(worker).toCompletableFuture();
    if (!result.isDone()) {
      var unused = result.whenComplete((value, failure) -> worker.tasks.add(() -> {}));
    }
    try {
      while (!result.isDone()) {
        worker.tasks.take().run();
      }
      return result.join();
    } catch (InterruptedException e) {
      worker.leave();
      Thread.currentThread().interrupt();
      throw new BackendException(
          ("cache '%s', %s: interrupted while waiting for the server; the command may have been"
                  + " executed")
              .formatted(cacheName, operation),
          e,
          true);
    } catch (CompletionException e) {
      Throwable cause = Stages.of(cacheName, operation, e);
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException runtime ? runtime : e;
    }
  }

  /** Takes no task any more; those that came before this run, so that what they owe is done. */
  private void leave() {
    gone = true;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (gone && tasks.remove(task)) {
      throw new RejectedExecutionException("the caller was interrupted, and has left");
    }
  }

  @Override
  public @Nullable Thread thread() {
    return gone ? null : caller;
  }

  @Override
  public Thread caller() {
    return caller;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }
}
