package dev.larder.async;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.internal.async.NativeCache;
import dev.larder.internal.async.Versioned;
import dev.larder.spi.Serializer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** The cache of another provider, called on an executor; it can do what JCache can. */
final class ExecutorCache<K, V> implements NativeCache<K, V> {
  private final Cache<K, V> cache;
  private final Calls calls;

  ExecutorCache(Cache<K, V> cache, AsyncCache.Settings settings) {
    this.cache = cache;
    this.calls = new Calls(cache.getName(), settings.executor(), settings.maxInFlight());
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return call(reading(key), () -> cache.get(key));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    return call(Scope.reading(keys), () -> cache.getAll(keys));
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return call(reading(key), () -> cache.containsKey(key));
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    return calls.submit(
        Scope.changing(keys),
        () -> {
          Loading loading = new Loading();
          cache.loadAll(keys, replaceExistingValues, loading);
          return loading.done;
        });
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? run(changing(key), () -> cache.put(key, value))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, V value) {
    return put(key, value, null);
  }

  @Override
  public CompletionStage<@Nullable Void> setAll(Map<? extends K, ? extends V> map) {
    return putAll(map, null);
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? call(changing(key), () -> cache.getAndPut(key, value))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(
      Map<? extends K, ? extends V> map, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? run(Scope.changing(map.keySet()), () -> cache.putAll(map))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? call(changing(key), () -> cache.putIfAbsent(key, value))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return call(changing(key), () -> cache.remove(key));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    return call(changing(key), () -> cache.remove(key, oldValue));
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    return call(changing(key), () -> cache.getAndRemove(key));
  }

  @Override
  public CompletionStage<Boolean> replace(
      K key, V oldValue, V newValue, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? call(changing(key), () -> cache.replace(key, oldValue, newValue))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? call(changing(key), () -> cache.replace(key, value))
        : unsupported("a time to live for one entry");
  }

  /** Its version is the value, for which {@code equals} decides: JCache has no other. */
  @Override
  public CompletionStage<@Nullable Versioned<V>> getVersioned(K key) {
    return Stages.map(get(key), value -> value == null ? null : new Versioned<>(value, value));
  }

  @Override
  @SuppressWarnings("unchecked") // a version is a value here
  public CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive) {
    return replace(key, (V) version, value, timeToLive);
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value, @Nullable Duration timeToLive) {
    return timeToLive == null
        ? call(changing(key), () -> cache.getAndReplace(key, value))
        : unsupported("a time to live for one entry");
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    return run(Scope.changing(keys), () -> cache.removeAll(keys));
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
  public <T extends @Nullable Object> CompletionStage<T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    return call(changing(key), () -> cache.invoke(key, processor, arguments));
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> compute(
      K key, EntryProcessor<K, V, T> processor) {
    return invoke(key, processor);
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    return call(Scope.changing(keys), () -> cache.invokeAll(keys, processor, arguments));
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration timeToLive) {
    return unsupported("expire");
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, List<Object> arguments) {
    return unsupported("raw");
  }

  @Override
  public NativeCache<K, V> withNamespace(String namespace) {
    throw cannot("namespaces");
  }

  @Override
  public NativeCache<K, V> withSerializer(Serializer<V> serializer) {
    throw cannot("serializers");
  }

  @Override
  public byte[] storedKey(K key) {
    throw cannot("stored keys");
  }

  /** Says whether no call is under way or waits. */
  boolean isIdle() {
    return calls.isIdle();
  }

  private <T extends @Nullable Object> CompletionStage<T> unsupported(String what) {
    return failedFuture(cannot(what));
  }

  private UnsupportedOperationException cannot(String what) {
    return new UnsupportedOperationException(
        "cache '%s' is a %s: JCache has no word for %s, so only Larder's own caches have it"
            .formatted(cache.getName(), cache.getClass().getName(), what));
  }

  private static Scope reading(Object key) {
    return Scope.reading(List.of(key));
  }

  private static Scope changing(Object key) {
    return Scope.changing(List.of(key));
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
