package dev.larder.async;

import static java.util.Objects.requireNonNull;

import dev.larder.async.CachePlugin.Command;
import dev.larder.internal.async.NativeCache;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The operations that JCache has too: checks and copies arguments, and leaves the rest to a {@link
 * NativeCache}.
 */
abstract sealed class JCacheFront<K, V> implements AsyncCache<K, V> permits AsyncFront {
  final Cache<K, V> cache;
  final NativeCache<K, V> operations;
  final CallPath path;
  final @Nullable Duration timeToLive;
  final Nulls<V> nulls;

  /**
   * Creates a view of a cache.
   *
   * @param operations what calls the cache
   * @param timeToLive of what is stored; null for the cache's expiry policy
   */
  JCacheFront(
      Cache<K, V> cache,
      NativeCache<K, V> operations,
      CallPath path,
      @Nullable Duration timeToLive,
      Nulls<V> nulls) {
    this.cache = cache;
    this.operations = operations;
    this.path = path;
    this.timeToLive = timeToLive;
    this.nulls = nulls;
  }

  @Override
  public final CompletionStage<@Nullable V> get(K key) {
    requireNonNull(key, "key");
    return nulls.shown(one(Command.GET, key, null, () -> operations.get(key)));
  }

  @Override
  public final CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    Set<K> copy = Arguments.keys(keys);
    return nulls.allShown(many(Command.MULTI_GET, copy, List.of(), () -> operations.getAll(copy)));
  }

  @Override
  public final CompletionStage<Boolean> containsKey(K key) {
    requireNonNull(key, "key");
    return one(Command.EXISTS, key, null, () -> operations.containsKey(key));
  }

  @Override
  public final CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    Set<K> copy = Arguments.keys(keys);
    return many(
        Command.LOAD, copy, List.of(), () -> operations.loadAll(copy, replaceExistingValues));
  }

  @Override
  public final CompletionStage<@Nullable Void> put(K key, V value) {
    return store(key, value, stored -> operations.put(key, stored, timeToLive));
  }

  @Override
  public final CompletionStage<@Nullable V> getAndPut(K key, V value) {
    return nulls.shown(store(key, value, stored -> operations.getAndPut(key, stored, timeToLive)));
  }

  @Override
  public final CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
    return storeAll(map, copy -> operations.putAll(copy, timeToLive));
  }

  /** Stores several values, or what stands for them. */
  final CompletionStage<@Nullable Void> storeAll(
      Map<? extends K, ? extends V> map,
      Function<Map<K, V>, CompletionStage<@Nullable Void>> body) {
    Map<K, V> copy = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach(
            (key, value) -> copy.put(requireNonNull(key, "key"), nulls.stored(value, "value")));
    return many(Command.MULTI_SET, copy.keySet(), copy.values(), () -> body.apply(copy));
  }

  @Override
  public final CompletionStage<Boolean> putIfAbsent(K key, @Nullable V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(Command.ADD, key, stored, () -> operations.putIfAbsent(key, stored, timeToLive));
  }

  @Override
  public final CompletionStage<Boolean> remove(K key) {
    requireNonNull(key, "key");
    return one(Command.DELETE, key, null, () -> operations.remove(key));
  }

  @Override
  public final CompletionStage<Boolean> remove(K key, V oldValue) {
    requireNonNull(key, "key");
    V stored = nulls.stored(oldValue, "oldValue");
    return one(Command.DELETE, key, null, () -> operations.remove(key, stored));
  }

  @Override
  public final CompletionStage<@Nullable V> getAndRemove(K key) {
    requireNonNull(key, "key");
    return nulls.shown(one(Command.DELETE, key, null, () -> operations.getAndRemove(key)));
  }

  @Override
  public final CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
    requireNonNull(key, "key");
    V before = nulls.stored(oldValue, "oldValue");
    V after = nulls.stored(newValue, "newValue");
    return one(
        Command.REPLACE, key, after, () -> operations.replace(key, before, after, timeToLive));
  }

  @Override
  public final CompletionStage<Boolean> replace(K key, V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(Command.REPLACE, key, stored, () -> operations.replace(key, stored, timeToLive));
  }

  @Override
  public final CompletionStage<@Nullable V> getAndReplace(K key, V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return nulls.shown(
        one(Command.REPLACE, key, stored, () -> operations.getAndReplace(key, stored, timeToLive)));
  }

  @Override
  public final CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    Set<K> copy = Arguments.keys(keys);
    return many(Command.MULTI_DELETE, copy, List.of(), () -> operations.removeAll(copy));
  }

  @Override
  public final CompletionStage<@Nullable Void> removeAll() {
    return many(Command.CLEAR, List.of(), List.of(), operations::removeAll);
  }

  @Override
  public final CompletionStage<@Nullable Void> clear() {
    return many(Command.CLEAR, List.of(), List.of(), operations::clear);
  }

  @Override
  public final <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    requireNonNull(key, "key");
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = Arguments.ofProcessor(arguments);
    return one(Command.INVOKE, key, null, () -> operations.invoke(key, processor, copy));
  }

  @Override
  public final <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    Set<K> copyOfKeys = Arguments.keys(keys);
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = Arguments.ofProcessor(arguments);
    return many(
        Command.INVOKE,
        copyOfKeys,
        List.of(),
        () -> operations.invokeAll(copyOfKeys, processor, copy));
  }

  @Override
  public final Cache<K, V> cache() {
    return cache;
  }

  @Override
  public final <T> T unwrap(Class<T> type) {
    return requireNonNull(type, "type").isInstance(this) ? type.cast(this) : cache.unwrap(type);
  }

  @Override
  public final String toString() {
    return "Async(" + cache.getName() + ")";
  }

  // ---- for all commands ------------------------------------------------------------------------

  /** Stores a value under a key, or what stands for it. */
  final <T extends @Nullable Object> CompletionStage<T> store(
      K key, @Nullable V value, Function<V, CompletionStage<T>> body) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(Command.SET, key, stored, () -> body.apply(stored));
  }

  /** Calls the cache for one key. */
  final <T extends @Nullable Object> CompletionStage<T> one(
      Command command, K key, @Nullable V value, Supplier<? extends CompletionStage<T>> body) {
    return path.one(this, command, key, value, body);
  }

  /** Calls the cache for several keys, or for all. */
  final <T extends @Nullable Object> CompletionStage<T> many(
      Command command,
      Collection<?> keys,
      Collection<?> values,
      Supplier<? extends CompletionStage<T>> body) {
    return path.many(this, command, keys, values, body);
  }
}
