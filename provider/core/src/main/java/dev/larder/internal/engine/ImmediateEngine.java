package dev.larder.internal.engine;

import dev.larder.internal.async.Versioned;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.Get;
import dev.larder.internal.operation.ReplaceIfSame;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of an engine that has its entries at hand: at once where nothing can hold the
 * caller up, else on an executor.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class ImmediateEngine<K, V> implements AsyncEngine<K, V> {
  /** True on threads of the executor that run a call: they may wait for keys. */
  private static final ThreadLocal<@Nullable Boolean> MAY_WAIT = new ThreadLocal<>();

  private final Local<K, V> engine;
  private final EngineParts<K, V> parts;

  /** Runs the operations of an engine, which has these parts. */
  public ImmediateEngine(Local<K, V> engine, EngineParts<K, V> parts) {
    this.engine = engine;
    this.parts = parts;
  }

  @Override
  public <R extends @Nullable Object> CompletionStage<R> execute(
      K key, EntryOperation<V, R> operation) {
    noteTimeToLive(List.of(operation));
    try {
      if (!mayWait(operation) && engine.tryExecute(key, operation)) {
        return CompletableFuture.completedFuture(operation.result());
      }
    } catch (Throwable e) { // it belongs to whoever looks at the stage
      return CompletableFuture.failedFuture(e);
    }
    return start(Set.of(key), MAY_WAIT.get() == null, () -> engine.execute(key, operation));
  }

  @Override
  public CompletionStage<?> executeAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    noteTimeToLive(operations.values());
    Map<K, EntryOperation<V, ?>> left = new LinkedHashMap<>(operations);
    try {
      if (operations.values().stream().noneMatch(this::mayWait)) {
        left.entrySet().removeIf(next -> engine.tryExecute(next.getKey(), next.getValue()));
      }
    } catch (Throwable e) { // it belongs to whoever looks at the stage
      return CompletableFuture.failedFuture(e);
    }
    return start(
        left.keySet(),
        !left.isEmpty() && MAY_WAIT.get() == null,
        () -> {
          engine.executeAll(left);
          return true;
        });
  }

  private void noteTimeToLive(Collection<? extends EntryOperation<V, ?>> operations) {
    for (EntryOperation<V, ?> operation : operations) {
      if (operation.hasOwnTimeToLive()) {
        engine.expectExpiry();
        return;
      }
    }
  }

  private boolean mayWait(EntryOperation<V, ?> operation) {
    return parts.writer() != null
        || operation.runsUserCode()
        || parts.expiry().runsUserCode()
        || parts.recorder().hasListeners();
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return start(Set.of(key), mayLoad(Set.of(key)), () -> engine.get(key));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    return start(keys, mayLoad(keys), () -> engine.getAll(keys));
  }

  private boolean mayLoad(Set<? extends K> keys) {
    return parts.missLoader() != null && !keys.stream().allMatch(engine::contains);
  }

  @Override
  public CompletionStage<@Nullable Versioned<V>> getVersioned(K key) {
    return execute(key, new Get<>(key, null))
        .thenApply(value -> value == null ? null : new Versioned<>(value, value));
  }

  @Override
  public CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive) {
    return execute(key, new ReplaceIfSame<>(version, value).lasting(timeToLive));
  }

  @Override
  public CompletionStage<Boolean> contains(K key) {
    return start(Set.of(), false, () -> engine.contains(key));
  }

  @Override
  public CompletionStage<?> loadAll(Set<? extends K> keys, boolean replacing) {
    return start(
        keys,
        true,
        () -> {
          engine.loadAll(keys, replacing);
          return true;
        });
  }

  @Override
  public CompletionStage<?> removeAll() {
    return start(
        Set.of(),
        true,
        () -> {
          engine.removeAll();
          return true;
        });
  }

  @Override
  public CompletionStage<?> clear() {
    return start(
        Set.of(),
        true,
        () -> {
          engine.clear();
          return true;
        });
  }

  @Override
  public CompletionStage<@Nullable Object> raw(
      String command,
      List<Object> arguments,
      Function<Local<K, V>, CompletionStage<@Nullable Object>> atHand) {
    return atHand.apply(engine);
  }

  @Override
  public byte[] storedKey(K key) {
    throw new UnsupportedOperationException(
        "cache '%s' is in memory, where there is no server to keep keys as bytes"
            .formatted(parts.cacheName()));
  }

  /** Calls on this thread, or on one that may be kept. */
  private <T extends @Nullable Object> CompletionStage<T> start(
      Set<? extends K> keys, boolean elsewhere, Supplier<T> call) {
    if (!elsewhere) {
      return completed(call);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      keys.forEach(engine::checkNotMine);
      parts
          .executor()
          .execute(
              () -> {
                MAY_WAIT.set(true);
                CompletionStage<T> done = completed(call);
                MAY_WAIT.remove();
                done.whenComplete((result, failure) -> end(answer, result, failure));
              });
    } catch (CacheException e) {
      answer.completeExceptionally(e);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new IllegalStateException("cache '" + parts.cacheName() + "' is closing", e));
    }
    return answer;
  }

  private static <T extends @Nullable Object> CompletableFuture<T> completed(Supplier<T> call) {
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (Throwable e) { // it belongs to whoever looks at the stage
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T extends @Nullable Object> void end(
      CompletableFuture<T> answer, T result, @Nullable Throwable failure) {
    if (failure == null) {
      answer.complete(result);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  /**
   * An engine that has its entries at hand.
   *
   * @param <K> the type of keys
   * @param <V> the type of values
   */
  public interface Local<K, V> extends Engine<K, V> {

    /**
     * Refuses a key on which the calling thread is working: it would wait for itself.
     *
     * @throws CacheException if it is
     */
    void checkNotMine(K key);

    /**
     * Runs an operation that calls no user code but {@code equals}, unless somebody works on its
     * key; says whether it did. Never waits.
     */
    boolean tryExecute(K key, EntryOperation<V, ?> operation);

    /** Returns the live value of a key, or {@code null}; nothing notes the look. */
    @Nullable V look(K key);

    /** Returns the live entries of one moment or another; nothing notes the look. */
    Map<K, V> snapshot();

    /** Says that entries may expire from now on, though the cache's policy keeps them for ever. */
    void expectExpiry();
  }
}
