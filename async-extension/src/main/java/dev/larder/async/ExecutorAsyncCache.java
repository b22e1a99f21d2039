package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** Calls a cache on an executor; checks and copies arguments, and leaves the rest to the cache. */
final class ExecutorAsyncCache<K, V> implements AsyncCache<K, V> {
  private final Cache<K, V> cache;
  private final Calls calls;

  ExecutorAsyncCache(Cache<K, V> cache, Settings settings) {
    this.cache = cache;
    this.calls = new Calls(cache.getName(), settings.executor(), settings.maxInFlight());
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return call(reading(key), () -> cache.get(key));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    Set<K> copy = copyOf(keys);
    return call(Scope.reading(copy), () -> cache.getAll(copy));
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return call(reading(key), () -> cache.containsKey(key));
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    Set<K> copy = copyOf(keys);
    return calls.submit(
        Scope.changing(copy),
        () -> {
          Loading loading = new Loading();
          cache.loadAll(copy, replaceExistingValues, loading);
          return loading.done;
        });
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    return run(changing(key), () -> cache.put(key, value));
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    return call(changing(key), () -> cache.getAndPut(key, value));
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
    Map<K, V> copy = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach(
            (key, value) -> copy.put(requireNonNull(key, "key"), requireNonNull(value, "value")));
    return run(Scope.changing(copy.keySet()), () -> cache.putAll(copy));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    return call(changing(key), () -> cache.putIfAbsent(key, value));
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return call(changing(key), () -> cache.remove(key));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    requireNonNull(key, "key");
    requireNonNull(oldValue, "oldValue");
    return call(changing(key), () -> cache.remove(key, oldValue));
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    return call(changing(key), () -> cache.getAndRemove(key));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
    requireNonNull(key, "key");
    requireNonNull(oldValue, "oldValue");
    requireNonNull(newValue, "newValue");
    return call(changing(key), () -> cache.replace(key, oldValue, newValue));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    return call(changing(key), () -> cache.replace(key, value));
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    return call(changing(key), () -> cache.getAndReplace(key, value));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    Set<K> copy = copyOf(keys);
    return run(Scope.changing(copy), () -> cache.removeAll(copy));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll() {
    return run(Scope.WHOLE_CACHE, cache::removeAll);
  }

  @Override
  public CompletionStage<@Nullable Void> clear() {
    return run(Scope.WHOLE_CACHE, cache::clear);
  }

  @Override
  public <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    requireNonNull(key, "key");
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = arguments.clone();
    return call(changing(key), () -> cache.invoke(key, processor, copy));
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    Set<K> copyOfKeys = copyOf(keys);
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = arguments.clone();
    return call(Scope.changing(copyOfKeys), () -> cache.invokeAll(copyOfKeys, processor, copy));
  }

  @Override
  public Cache<K, V> cache() {
    return cache;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return requireNonNull(type, "type").isInstance(this) ? type.cast(this) : cache.unwrap(type);
  }

  @Override
  public String toString() {
    return "Async(" + cache.getName() + ")";
  }

  /** Says whether no call is under way or waits. */
  boolean isIdle() {
    return calls.isIdle();
  }

  private static Scope reading(Object key) {
    return Scope.reading(List.of(requireNonNull(key, "key")));
  }

  private static Scope changing(Object key) {
    return Scope.changing(List.of(requireNonNull(key, "key")));
  }

  private static <K> Set<K> copyOf(Set<? extends K> keys) {
    Set<K> copy = new LinkedHashSet<>();
    requireNonNull(keys, "keys").forEach(key -> copy.add(requireNonNull(key, "key")));
    return Collections.unmodifiableSet(copy);
  }

  private <T extends @Nullable Object> CompletionStage<T> call(Scope scope, Supplier<T> body) {
    return calls.submit(scope, () -> completedFuture(body.get()));
  }

  private CompletionStage<@Nullable Void> run(Scope scope, Runnable body) {
    return calls.submit(
        scope,
        () -> {
          body.run();
          return completedFuture(null);
        });
  }

  /** The listener of a load under way. */
  private static final class Loading implements CompletionListener {
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    @Override
    public void onCompletion() {
      done.complete(null);
    }

    @Override
    public void onException(Exception e) {
      done.completeExceptionally(e);
    }
  }
}
