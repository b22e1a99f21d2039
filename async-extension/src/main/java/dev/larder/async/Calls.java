package dev.larder.async;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.ArrayDeque;
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
  /*
   * What depends on a stage may wait for other stages. So a call leaves the order and starts those
   * that waited for it before its own stage is completed, and no thread completes one stage while
   * it owes the completion of another: where that would happen (the executor runs calls on the
   * thread that starts them, or refuses several), the default executor helps out.
   */

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
        new Start(List.of(call), call).run();
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

  /** Calls that one thread gives to the executor, and those that it has to start meanwhile. */
  private final class Start {
    private final Thread thread = Thread.currentThread();
    private final Queue<Call<?>> calls;

    /** The call that is being submitted, if one is: nothing depends on its stage yet. */
    private final @Nullable Call<?> submitted;

    private Start(List<Call<?>> calls, @Nullable Call<?> submitted) {
      this.calls = new ArrayDeque<>(calls);
      this.submitted = submitted;
    }

    private void run() {
      for (Call<?> next = calls.poll(); next != null; next = calls.poll()) {
        next.start = this;
        try {
          executor.execute(next);
        } catch (RuntimeException | Error e) {
          next.refuse(e);
        } finally {
          next.start = null;
        }
      }
    }

    private boolean isGoingOnHere() {
      return thread == Thread.currentThread();
    }
  }

  private final class Call<T extends @Nullable Object> implements Runnable {
    private final CallOrder.Place<Call<?>> place;
    private final Supplier<? extends CompletionStage<T>> body;
    private final CompletableFuture<T> stage = new CompletableFuture<>();
    private final @Nullable ClassLoader callersLoader =
        Thread.currentThread().getContextClassLoader();

    /** Set while a thread gives this to the executor; concerns that thread only. */
    private volatile @Nullable Start start;

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
            Runnable completion = () -> complete(result, failure);
            if (endsHere) {
              end(completion);
            } else { // this thread is the cache's own, and may hold its locks
              handOver(() -> end(completion));
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

    private void refuse(Throwable cause) {
      String message =
          "cache '%s': the executor %s refused the call".formatted(cacheName, executor);
      RejectedExecutionException refusal = new RejectedExecutionException(message, cause);
      end(() -> stage.completeExceptionally(refusal));
    }

    private void end(Runnable completion) {
      List<Call<?>> ready = order.leave(place);
      Start outer = start;
      if (outer == null || !outer.isGoingOnHere()) {
        new Start(ready, null).run();
        completion.run();
        return;
      }
      outer.calls.addAll(ready);
      if (outer.submitted == this) {
        completion.run();
      } else {
        DefaultExecutor.instance().execute(completion);
      }
    }

    private void complete(T result, @Nullable Throwable failure) {
      if (failure == null) {
        stage.complete(result);
      } else {
        stage.completeExceptionally(failure);
      }
    }

    private void handOver(Runnable task) {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException shutDownSince) {
        DefaultExecutor.instance().execute(task);
      }
    }
  }
}
