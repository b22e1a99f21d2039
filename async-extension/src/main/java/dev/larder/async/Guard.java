package dev.larder.async;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bounds the calls that are under way, and turns what a call throws into a failed stage. */
final class Guard {
  private final String cacheName;
  private final int maxInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  Guard(String cacheName, int maxInFlight) {
    this.cacheName = cacheName;
    this.maxInFlight = maxInFlight;
  }

  <T extends @Nullable Object> CompletionStage<T> submit(
      Supplier<? extends CompletionStage<T>> body) {
    if (inFlight.get() >= maxInFlight) {
      return failedFuture(tooMany(cacheName, maxInFlight));
    }
    CompletionStage<T> stage;
    try {
      stage = body.get();
    } catch (RuntimeException e) {
      return failedFuture(e);
    }
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      return stage;
    }
    inFlight.incrementAndGet();
    return Stages.observe(stage, (result, failure) -> inFlight.decrementAndGet());
  }

  /** Says that one call more would be too many. */
  static RejectedExecutionException tooMany(String cacheName, int maxInFlight) {
    return new RejectedExecutionException(
        "cache '%s': %d calls are in flight, as many as maxInFlight allows; wait for some of them, or raise AsyncCache.Settings.maxInFlight"
            .formatted(cacheName, maxInFlight));
  }
}
