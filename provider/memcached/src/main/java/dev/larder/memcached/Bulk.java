package dev.larder.memcached;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The commands of one call, which share the wire with other calls: only some go at a time. */
final class Bulk {
  private Bulk() {}

  /**
   * Starts something for each item, some at a time, and returns the results in their order. After a
   * failure, nothing more is started.
   */
  static <T, R extends @Nullable Object> CompletionStage<List<R>> forEach(
      int atATime, List<T> items, Function<T, CompletionStage<R>> action) {
    CompletionStage<List<R>> all = CompletableFuture.completedFuture(new ArrayList<>(items.size()));
    for (int from = 0; from < items.size(); from += atATime) {
      List<T> some = items.subList(from, Math.min(items.size(), from + atATime));
      all = all.thenCompose(done -> some(some, action, done));
    }
    return all;
  }

  private static <T, R extends @Nullable Object> CompletionStage<List<R>> some(
      List<T> items, Function<T, CompletionStage<R>> action, List<R> results) {
    List<CompletableFuture<R>> started =
        items.stream().map(action).map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              started.forEach(one -> results.add(one.join()));
              return results;
            });
  }

  /** As {@link #forEach}, for changes: a failure tells whether others may have been made. */
  static <T, R extends @Nullable Object> CompletionStage<List<R>> change(
      int atATime, List<T> items, Function<T, CompletionStage<R>> action) {
    AtomicBoolean anyMade = new AtomicBoolean();
    return forEach(
            atATime,
            items,
            item ->
                action
                    .apply(item)
                    .thenApply(
                        result -> {
                          anyMade.set(true);
                          return result;
                        }))
        .handle(
            (results, failure) -> {
              if (failure == null) {
                return results;
              }
              Throwable cause = Failures.unwrapped(failure);
              throw new CompletionException(anyMade.get() ? Failures.partly(cause) : cause);
            });
  }
}
