package dev.larder.async;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stages made of others, which fail as those do: their direct dependents see the failure itself,
 * not the {@link java.util.concurrent.CompletionException} that stages wrap around it.
 */
final class Stages {
  private Stages() {}

  /** Returns a stage with what a function makes of the result of another. */
  static <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> map(
      CompletionStage<T> stage, Function<? super T, ? extends R> function) {
    CompletableFuture<T> source = stage.toCompletableFuture();
    if (source.isDone() && !source.isCompletedExceptionally()) {
      try {
        return completedFuture(function.apply(source.join()));
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(Pace.causeOf(e));
      }
    }
    CompletableFuture<R> mapped = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          try {
            if (failure == null) {
              mapped.complete(function.apply(result));
            } else {
              mapped.completeExceptionally(Pace.causeOf(failure));
            }
          } catch (RuntimeException e) {
            mapped.completeExceptionally(Pace.causeOf(e));
          }
        });
    return mapped;
  }

  /** Returns a stage that ends as another does. */
  static <T extends @Nullable Object> CompletionStage<T> own(CompletionStage<T> stage) {
    return map(stage, result -> result);
  }

  /** Returns a stage that ends as another does, after an observer has been told how. */
  static <T extends @Nullable Object> CompletionStage<T> observe(
      CompletionStage<T> stage,
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> observer) {
    CompletableFuture<T> observed = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            observer.accept(result, null);
            observed.complete(result);
          } else {
            observer.accept(null, Pace.causeOf(failure));
            observed.completeExceptionally(Pace.causeOf(failure));
          }
        });
    return observed;
  }
}
