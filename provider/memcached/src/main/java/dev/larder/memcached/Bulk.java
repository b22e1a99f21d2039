package dev.larder.memcached;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /** As {@link #forEach}, for changes: where one fails, another may have been made. */
  static <T, R extends @Nullable Object> CompletionStage<List<R>> change(
      int atATime, List<T> items, Function<T, CompletionStage<R>> action) {
    CompletionStage<List<R>> all = forEach(atATime, items, action);
    return items.size() > 1 ? Failures.partly(all) : all;
  }
}
