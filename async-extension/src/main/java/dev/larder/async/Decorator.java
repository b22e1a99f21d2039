package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.larder.spi.SparseLog;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the decorators of functions share: how results are kept, and what becomes of failures.
 *
 * <p>Immutable and safe for any thread: each method that sets something returns another decorator.
 *
 * <p>A failure of the cache never breaks a call: a read that fails is a miss, and a write that
 * fails is not repeated. Both are told to {@link #onFailure}, else logged. What the decorated
 * function throws, its caller gets.
 *
 * <p>A null result is not kept, unless null is a value of the cache ({@link AsyncCache#withNulls}).
 *
 * @param <K> the type of keys
 * @param <V> the type of results
 * @param <D> the type of the decorator itself
 */
public abstract sealed class Decorator<K, V, D extends Decorator<K, V, D>>
    permits Cached, MultiCached {
  private static final SparseLog LOG = new SparseLog("dev.larder.async");

  /** What stands for no value where null may be one. */
  private static final Object MISSING = new Object();

  final Use<K, V> use;

  Decorator(Use<K, V> use) {
    this.use = use;
  }

  /** Returns the same decorator with another way to use the cache. */
  abstract D with(Use<K, V> other);

  /**
   * Gives results a time to live, in place of the cache's expiry policy.
   *
   * @param timeToLive positive, or {@link AsyncCache#FOREVER}
   */
  public final D timeToLive(Duration timeToLive) {
    requireNonNull(timeToLive, "timeToLive");
    return timeToLive(result -> timeToLive);
  }

  /**
   * Gives each result the time to live that a function finds for it: positive, {@link
   * AsyncCache#FOREVER}, or null for what the cache gives it.
   */
  public final D timeToLive(
      Function<? super @Nullable V, ? extends @Nullable Duration> timeToLive) {
    requireNonNull(timeToLive, "timeToLive");
    return with(
        new Use<>(
            use.cache, timeToLive, use.skip, use.reads, use.writes, use.waits, use.onFailure));
  }

  /** Keeps no result for which a predicate is true. */
  public final D skip(Predicate<? super @Nullable V> skip) {
    requireNonNull(skip, "skip");
    return with(
        new Use<>(
            use.cache, use.timeToLive, skip, use.reads, use.writes, use.waits, use.onFailure));
  }

  /** Calls the function always, and keeps its result: what was kept is replaced. */
  public final D withoutReading() {
    return with(
        new Use<>(
            use.cache, use.timeToLive, use.skip, false, use.writes, use.waits, use.onFailure));
  }

  /** Keeps no result, but returns those that are there. */
  public final D withoutWriting() {
    return with(
        new Use<>(use.cache, use.timeToLive, use.skip, use.reads, false, use.waits, use.onFailure));
  }

  /** Returns results without waiting until they are kept. */
  public final D withoutWaitingForWrites() {
    return with(
        new Use<>(
            use.cache, use.timeToLive, use.skip, use.reads, use.writes, false, use.onFailure));
  }

  /** Tells failures of the cache to a consumer, in place of the log. */
  public final D onFailure(Consumer<? super Throwable> onFailure) {
    requireNonNull(onFailure, "onFailure");
    return with(
        new Use<>(
            use.cache, use.timeToLive, use.skip, use.reads, use.writes, use.waits, onFailure));
  }

  /** Returns the cache that keeps the results. */
  public final AsyncCache<K, V> cache() {
    return use.cache.get();
  }

  static void log(Throwable failure) {
    LOG.warn(
        failure.getClass().getName(),
        "a cache failed; the decorated function goes on without it",
        failure);
  }

  /** A result that is kept, or null. */
  record Kept<V>(@Nullable V result) {}

  /**
   * How a decorator uses its cache.
   *
   * @param timeToLive finds the time to live of a result; null for the cache's policy
   */
  record Use<K, V>(
      Supplier<AsyncCache<K, V>> cache,
      @Nullable Function<? super @Nullable V, ? extends @Nullable Duration> timeToLive,
      Predicate<? super @Nullable V> skip,
      boolean reads,
      boolean writes,
      boolean waits,
      Consumer<? super Throwable> onFailure) {

    static <K, V> Use<K, V> of(AsyncCache<K, V> cache) {
      requireNonNull(cache, "cache");
      return new Use<>(() -> cache, null, result -> false, true, true, true, Decorator::log);
    }

    /** Uses the default cache, which may be configured later, and anew. */
    static <K, V> Use<K, V> ofDefault() {
      return new Use<>(
          new DefaultCache<>(), null, result -> false, true, true, true, Decorator::log);
    }

    /** Fails where no cache is configured: that is no failure of a cache. */
    void requireCache() {
      requireNonNull(cache.get(), "cache");
    }

    /** Reads what is kept for a key; never fails. */
    @SuppressWarnings({"unchecked", "NullAway"}) // MISSING goes in and out as it is
    CompletionStage<@Nullable Kept<V>> read(K key, Pace pace) {
      if (!reads) {
        return completedFuture(null);
      }
      return pace.start(() -> cache.get().get(key, (V) MISSING))
          .handle(
              (found, failure) -> {
                if (failure != null) {
                  tell(failure);
                  return null;
                }
                return found == MISSING ? null : new Kept<>(found);
              });
    }

    /** Keeps a result, if it is to be kept; never fails. */
    CompletionStage<V> write(K key, V result, Pace pace) {
      CompletionStage<V> written =
          pace.start(() -> isKept(result) ? store(key, result) : completedFuture(null))
              .handle(
                  (nothing, failure) -> {
                    if (failure != null) {
                      tell(failure);
                    }
                    return result;
                  });
      return waits ? written : completedFuture(result);
    }

    private CompletionStage<@Nullable Void> store(K key, V result) {
      return cacheFor(timeToLiveOf(result)).set(key, result);
    }

    private Optional<Duration> timeToLiveOf(@Nullable V result) {
      return timeToLive == null ? Optional.empty() : Optional.ofNullable(timeToLive.apply(result));
    }

    private AsyncCache<K, V> cacheFor(Optional<Duration> lifetime) {
      AsyncCache<K, V> target = cache.get();
      return lifetime.isPresent() ? target.withTimeToLive(lifetime.get()) : target;
    }

    /** Reads what is kept for several keys; never fails. */
    CompletionStage<Map<K, V>> readAll(Collection<K> keys, Pace pace) {
      if (!reads || keys.isEmpty()) {
        return completedFuture(Map.of());
      }
      return pace.start(() -> cache.get().getAll(new LinkedHashSet<>(keys)))
          .exceptionally(
              failure -> {
                tell(failure);
                return Map.of();
              });
    }

    /** Keeps those results that are to be kept; never fails. */
    CompletionStage<?> writeAll(Map<K, V> results, Pace pace) {
      CompletionStage<?> written =
          pace.start(() -> storeAll(results))
              .exceptionally(
                  failure -> {
                    tell(failure);
                    return null;
                  });
      return waits ? written : completedFuture(null);
    }

    /** Stores results that live equally long together. */
    private CompletionStage<@Nullable Void> storeAll(Map<K, V> results) {
      Map<Optional<Duration>, Map<K, V>> byTimeToLive = new LinkedHashMap<>();
      results.forEach(
          (key, result) -> {
            if (isKept(result)) {
              byTimeToLive
                  .computeIfAbsent(timeToLiveOf(result), any -> new LinkedHashMap<>())
                  .put(key, result);
            }
          });
      CompletionStage<@Nullable Void> stored = completedFuture(null);
      for (Map.Entry<Optional<Duration>, Map<K, V>> group : byTimeToLive.entrySet()) {
        stored =
            stored.thenCombine(
                cacheFor(group.getKey()).multiSet(group.getValue()), (before, now) -> null);
      }
      return stored;
    }

    private boolean isKept(@Nullable V result) {
      return writes && (result != null || takesNulls()) && !skip.test(result);
    }

    private boolean takesNulls() {
      return cache.get() instanceof AsyncFront<K, V> front && front.takesNulls();
    }

    void tell(Throwable failure) {
      try {
        onFailure.accept(Pace.causeOf(failure));
      } catch (RuntimeException | Error e) {
        e.addSuppressed(failure);
        log(e);
      }
    }
  }
}
