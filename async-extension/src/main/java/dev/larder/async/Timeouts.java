package dev.larder.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Stages that wait for others no longer than they should. */
final class Timeouts {
  private Timeouts() {}

  /** Returns a stage that ends as another does, or fails after some time. */
  static <T extends @Nullable Object> CompletionStage<T> within(
      Duration timeout, CompletionStage<T> stage, String what) {
    CompletableFuture<T> ended = stage.toCompletableFuture();
    if (ended.isDone()) {
      return stage;
    }
    CompletableFuture<T> within = new CompletableFuture<>();
    CompletionStage<@Nullable Void> timer = after(timeout);
    // Not on the timer's thread, which all timers share.
    timer.thenRunAsync(
        () ->
            within.completeExceptionally(
                new TimeoutException(
                    "%s took longer than %s; it goes on, and may take effect later"
                        .formatted(what, timeout))),
        DefaultExecutor.instance());
    stage.whenComplete(
        (result, failure) -> {
          timer.toCompletableFuture().cancel(false);
          if (failure == null) {
            within.complete(result);
          } else {
            within.completeExceptionally(Pace.causeOf(failure));
          }
        });
    return within;
  }

  /** Returns a stage that is complete after some time, on a thread that must not be kept. */
  static CompletionStage<@Nullable Void> after(Duration time) {
    return new CompletableFuture<@Nullable Void>()
        .completeOnTimeout(null, TimesToLive.nanos(time), TimeUnit.NANOSECONDS);
  }
}
