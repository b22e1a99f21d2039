package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/**
 * What contracts of asynchronous caches share. Their tests are numbered as the behaviours of
 * aiocache, the library of Python, that they stand for; where that has a defect, they ask for what
 * its documentation promises.
 */
abstract class AsyncContract extends CacheContract {
  /** A time to live that every backend can measure. */
  static final Duration BRIEF = Duration.ofSeconds(1);

  static final Duration LONG = Duration.ofMinutes(10);

  AsyncCache<String, String> cache;
  AsyncCache<String, Long> numbers;

  AsyncContract(Subject subject) {
    super(subject);
  }

  @BeforeEach
  final void openCaches() {
    cache = async(String.class);
    numbers = async(Long.class);
  }

  final <V> AsyncCache<String, V> async(Class<V> type) {
    return AsyncCache.of(create(settings(String.class, type)));
  }

  final <V> AsyncCache<String, V> async(Class<V> type, AsyncCache.Settings settings) {
    return AsyncCache.of(create(settings(String.class, type)), settings);
  }

  /** Lets more time pass than {@link #BRIEF}, and less than {@link #LONG}. */
  final void elapseBrief() {
    elapse(BRIEF.plusMillis(300));
  }

  /** Waits for a stage, and returns its result. */
  static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Waits for a stage to fail, and returns why. */
  static Throwable failure(CompletionStage<?> stage) {
    Throwable failure = result(stage.handle((value, thrown) -> thrown));
    assertThat(failure).as("why the stage failed").isNotNull();
    assertThat(failure).isNotInstanceOf(CompletionException.class);
    return failure;
  }

  static void refused(Class<? extends Throwable> type, Executable call) {
    org.junit.jupiter.api.Assertions.assertThrows(type, call);
  }
}
