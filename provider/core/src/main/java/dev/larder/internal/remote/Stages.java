package dev.larder.internal.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What {@link CompletionStage} lacks. */
final class Stages {
  private Stages() {}

  /** Returns the results of all stages in their order, once all are done; fails if one fails. */
  static <T extends @Nullable Object> CompletionStage<List<T>> allOf(
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
