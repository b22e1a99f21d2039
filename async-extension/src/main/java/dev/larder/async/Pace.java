package dev.larder.async;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the steps of one flow are waited for. If they are, the whole flow runs on the caller's
 * thread: each step is complete before the next is chained to it.
 */
enum Pace {
  WITHOUT_WAITING {
    @Override
    <T extends @Nullable Object> CompletionStage<T> of(CompletionStage<T> step) {
      return step;
    }
  },

  WAITING {
    @Override
    <T extends @Nullable Object> CompletionStage<T> of(CompletionStage<T> step) {
      try {
        return completedFuture(step.toCompletableFuture().get());
      } catch (ExecutionException e) {
        return failedFuture(causeOf(e));
      } catch (CancellationException e) {
        return failedFuture(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failedFuture(e);
      }
    }
  };

  /** Returns a step, or what it came to. */
  abstract <T extends @Nullable Object> CompletionStage<T> of(CompletionStage<T> step);

  /** Starts a step; what it throws fails it. */
  <T extends @Nullable Object> CompletionStage<T> start(
      Supplier<? extends CompletionStage<T>> step) {
    CompletionStage<T> started;
    try {
      started = step.get();
    } catch (RuntimeException | Error e) {
      return failedFuture(e);
    }
    return of(started);
  }

  /** Returns the result of a flow that was waited for, or throws what failed it. */
  static <T extends @Nullable Object> T result(CompletionStage<T> flow) throws Exception {
    try {
      return flow.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = causeOf(e);
      if (cause instanceof Exception exception) {
        throw exception;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Returns a failure without what stages wrap it in. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
