package dev.larder.internal.remote;

import dev.larder.BackendException;
import dev.larder.internal.engine.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link CompletionStage} lacks. */
final class Stages {
  /** Few enough for a store that bounds what may be on its way at once. */
  private static final int AT_A_TIME = 100;

  private Stages() {}

  /** Starts something; what it throws fails the stage. */
  static <T extends @Nullable Object> CompletionStage<T> start(
      Supplier<? extends CompletionStage<T>> action) {
    try {
      return action.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Returns what a stage failed with, out of the wrapping that dependents see. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  /** Returns a failure of the backend's as one that says which operation of which cache it hit. */
  static Throwable of(String cacheName, String operation, Throwable failure) {
    Throwable cause = causeOf(failure);
    if (!(cause instanceof BackendException backend)) {
      return cause;
    }
    Span.failure(cacheName, operation, backend);
    String name = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
    return new BackendException(
        "cache '%s', %s: %s".formatted(cacheName, name, backend.getMessage()),
        backend,
        backend.isOutcomeUnknown());
  }

  /** Starts something for each item, some at a time, and returns the results in their order. */
  static <T, R extends @Nullable Object> CompletionStage<List<R>> forEach(
      List<T> items, Function<T, CompletionStage<? extends R>> action) {
    CompletionStage<List<R>> all = CompletableFuture.completedFuture(new ArrayList<>(items.size()));
    for (int from = 0; from < items.size(); from += AT_A_TIME) {
      List<T> some = items.subList(from, Math.min(items.size(), from + AT_A_TIME));
      all =
          all.thenCompose(
              done ->
                  Stages.<R>allOf(some.stream().map(action).toList())
                      .thenApply(
                          more -> {
                            done.addAll(more);
                            return done;
                          }));
    }
    return all;
  }

  /** Returns the results of all stages in their order, once all are done; fails if one fails. */
  private static <T extends @Nullable Object> CompletionStage<List<T>> allOf(
      List<? extends CompletionStage<? extends T>> stages) {
    CompletableFuture<?>[] futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(futures)
        .thenApply(
            done -> {
              List<T> results = new ArrayList<>(stages.size());
              stages.forEach(stage -> results.add(stage.toCompletableFuture().join()));
              return results;
            });
  }
}
