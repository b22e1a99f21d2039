package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.async.CachePlugin.Command;
import dev.larder.internal.async.NativeCache;
import dev.larder.spi.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * Checks and copies arguments, translates what JCache does not have, and leaves the rest to a
 * {@link NativeCache}.
 */
final class AsyncFront<K, V> implements AsyncCache<K, V> {
  private final Cache<K, V> cache;
  private final NativeCache<K, V> operations;
  private final Guard guard;
  private final Plugins plugins;
  private final Waiters waiters;
  private final @Nullable Duration timeToLive;
  private final @Nullable Duration timeout;
  private final Nulls<V> nulls;

  private AsyncFront(
      AsyncFront<K, V> other,
      NativeCache<K, V> operations,
      @Nullable Duration timeToLive,
      @Nullable Duration timeout,
      Nulls<V> nulls) {
    this.cache = other.cache;
    this.operations = operations;
    this.guard = other.guard;
    this.plugins = other.plugins;
    this.waiters = other.waiters;
    this.timeToLive = timeToLive;
    this.timeout = timeout;
    this.nulls = nulls;
  }

  private AsyncFront(
      Cache<K, V> cache, NativeCache<K, V> operations, Guard guard, Settings settings) {
    this.cache = cache;
    this.operations = operations;
    this.guard = guard;
    this.plugins = new Plugins(settings.plugins());
    this.waiters = new Waiters();
    this.timeToLive = null;
    this.timeout = null;
    this.nulls = new Nulls<>(null);
  }

  static <K, V> AsyncFront<K, V> of(Cache<K, V> cache, Settings settings) {
    NativeCache<K, V> larders = nativeOf(cache);
    return larders == null
        ? new AsyncFront<>(
            cache,
            new ExecutorCache<>(cache, settings),
            new Guard(cache.getName(), Integer.MAX_VALUE),
            settings)
        : new AsyncFront<>(
            cache, larders, new Guard(cache.getName(), settings.maxInFlight()), settings);
  }

  @SuppressWarnings("unchecked") // the types of the cache itself
  private static <K, V> @Nullable NativeCache<K, V> nativeOf(Cache<K, V> cache) {
    try {
      return cache.unwrap(NativeCache.class);
    } catch (IllegalArgumentException anotherProviders) {
      return null;
    }
  }

  // ---- commands --------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    requireNonNull(key, "key");
    return nulls.shown(one(Command.GET, key, null, () -> operations.get(key)));
  }

  @Override
  public CompletionStage<@Nullable V> get(K key, @Nullable V defaultValue) {
    requireNonNull(key, "key");
    return Stages.map(
        one(Command.GET, key, null, () -> operations.get(key)),
        stored -> stored == null ? defaultValue : nulls.shown(stored));
  }

  @Override
  public CompletionStage<List<@Nullable V>> multiGet(Collection<? extends K> keys) {
    List<K> order = new ArrayList<>(requireNonNull(keys, "keys").size());
    keys.forEach(key -> order.add(requireNonNull(key, "key")));
    return Stages.map(
        getAll(new LinkedHashSet<>(order)),
        found -> {
          List<@Nullable V> values = new ArrayList<>(order.size());
          order.forEach(key -> values.add(found.get(key)));
          return values;
        });
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, @Nullable V value) {
    return timeToLive == null
        ? store(key, value, stored -> operations.set(key, stored))
        : set(key, value, timeToLive);
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, @Nullable V value, Duration timeToLive) {
    var ttl = TimesToLive.jcache(Arguments.positive(timeToLive, "timeToLive"));
    return store(key, value, stored -> operations.put(key, stored, ttl));
  }

  private <T extends @Nullable Object> CompletionStage<T> store(
      K key, @Nullable V value, Function<V, CompletionStage<T>> body) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(Command.SET, key, stored, () -> body.apply(stored));
  }

  @Override
  public CompletionStage<@Nullable Void> multiSet(Map<? extends K, ? extends V> entries) {
    return timeToLive == null ? storeAll(entries, operations::setAll) : putAll(entries);
  }

  @Override
  public CompletionStage<@Nullable Void> multiSet(
      Map<? extends K, ? extends V> entries, Duration timeToLive) {
    return withTimeToLive(timeToLive).putAll(entries);
  }

  @Override
  public CompletionStage<@Nullable Void> add(K key, @Nullable V value) {
    return Stages.map(
        putIfAbsent(key, value),
        added -> {
          if (!added) {
            throw new KeyExistsException(cache.getName(), key);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<@Nullable Void> add(K key, @Nullable V value, Duration timeToLive) {
    return withTimeToLive(timeToLive).add(key, value);
  }

  @Override
  public CompletionStage<Boolean> exists(K key) {
    return containsKey(key);
  }

  @Override
  public CompletionStage<Integer> delete(K key) {
    return Stages.map(remove(key), removed -> removed ? 1 : 0);
  }

  @Override
  public CompletionStage<Long> increment(K key) {
    return increment(key, 1);
  }

  @Override
  @SuppressWarnings("unchecked") // the cache's own types
  public CompletionStage<Long> increment(K key, long delta) {
    requireNonNull(key, "key");
    Class<V> type = cache.getConfiguration(Configuration.class).getValueType();
    Increment<K, V> increment = new Increment<>(cache.getName(), type, delta);
    return one(
        Command.INCREMENT,
        key,
        null,
        () ->
            operations
                .invoke(key, increment)
                .exceptionallyCompose(failure -> failedFuture(Increment.causeOf(failure))));
  }

  @Override
  public CompletionStage<@Nullable VersionedValue<V>> gets(K key) {
    requireNonNull(key, "key");
    return Stages.map(
        one(Command.GET, key, null, () -> operations.getVersioned(key)),
        found ->
            found == null
                ? null
                : new VersionedValue<>(nulls.shown(found.value()), found.version()));
  }

  @Override
  public CompletionStage<Boolean> cas(K key, VersionedValue<V> seen, @Nullable V value) {
    requireNonNull(key, "key");
    Object version = requireNonNull(seen, "seen").version();
    V stored = nulls.stored(value, "value");
    return one(
        Command.REPLACE,
        key,
        stored,
        () -> operations.replaceVersion(key, version, stored, Arguments.jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration timeToLive) {
    requireNonNull(key, "key");
    javax.cache.expiry.Duration ttl =
        TimesToLive.jcache(Arguments.positive(timeToLive, "timeToLive"));
    return one(Command.EXPIRE, key, null, () -> operations.expire(key, ttl));
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, Object... arguments) {
    requireNonNull(command, "command");
    List<byte[]> bytes = Arguments.raw(arguments);
    return many(Command.RAW, List.of(), List.of(arguments), () -> operations.raw(command, bytes));
  }

  @Override
  public CompletionStage<@Nullable Void> close() {
    return DefaultExecutor.run(cache::close);
  }

  // ---- views -----------------------------------------------------------------------------------

  @Override
  public AsyncCache<K, V> withTimeToLive(Duration timeToLive) {
    Duration positive = Arguments.positive(timeToLive, "timeToLive");
    return new AsyncFront<>(this, operations, positive, timeout, nulls);
  }

  @Override
  public AsyncCache<K, V> withTimeout(Duration timeout) {
    Duration positive = Arguments.positive(timeout, "timeout");
    return new AsyncFront<>(this, operations, timeToLive, positive, nulls);
  }

  @Override
  public AsyncCache<K, V> withNulls(V standIn) {
    Nulls<V> values = new Nulls<>(requireNonNull(standIn, "standIn"));
    return new AsyncFront<>(this, operations, timeToLive, timeout, values);
  }

  @Override
  public AsyncCache<K, V> withNamespace(String namespace) {
    return withOperations(operations.withNamespace(requireNonNull(namespace, "namespace")));
  }

  @Override
  public AsyncCache<K, V> withSerializer(Serializer<V> serializer) {
    return withOperations(operations.withSerializer(requireNonNull(serializer, "serializer")));
  }

  private AsyncCache<K, V> withOperations(NativeCache<K, V> others) {
    return new AsyncFront<>(this, others, timeToLive, timeout, nulls);
  }

  // ---- operations of JCache --------------------------------------------------------------------

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    Set<K> copy = Arguments.keys(keys);
    return nulls.allShown(many(Command.MULTI_GET, copy, List.of(), () -> operations.getAll(copy)));
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    requireNonNull(key, "key");
    return one(Command.EXISTS, key, null, () -> operations.containsKey(key));
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    Set<K> copy = Arguments.keys(keys);
    return many(
        Command.LOAD, copy, List.of(), () -> operations.loadAll(copy, replaceExistingValues));
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value) {
    return store(key, value, stored -> operations.put(key, stored, Arguments.jcache(timeToLive)));
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value) {
    return nulls.shown(
        store(
            key, value, stored -> operations.getAndPut(key, stored, Arguments.jcache(timeToLive))));
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
    return storeAll(map, copy -> operations.putAll(copy, Arguments.jcache(timeToLive)));
  }

  private CompletionStage<@Nullable Void> storeAll(
      Map<? extends K, ? extends V> map,
      Function<Map<K, V>, CompletionStage<@Nullable Void>> body) {
    Map<K, V> copy = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach(
            (key, value) -> copy.put(requireNonNull(key, "key"), nulls.stored(value, "value")));
    return many(Command.MULTI_SET, copy.keySet(), copy.values(), () -> body.apply(copy));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, @Nullable V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(
        Command.ADD,
        key,
        stored,
        () -> operations.putIfAbsent(key, stored, Arguments.jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    requireNonNull(key, "key");
    return one(Command.DELETE, key, null, () -> operations.remove(key));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    requireNonNull(key, "key");
    V stored = nulls.stored(oldValue, "oldValue");
    return one(Command.DELETE, key, null, () -> operations.remove(key, stored));
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    requireNonNull(key, "key");
    return nulls.shown(one(Command.DELETE, key, null, () -> operations.getAndRemove(key)));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
    requireNonNull(key, "key");
    V before = nulls.stored(oldValue, "oldValue");
    V after = nulls.stored(newValue, "newValue");
    return one(
        Command.REPLACE,
        key,
        after,
        () -> operations.replace(key, before, after, Arguments.jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return one(
        Command.REPLACE,
        key,
        stored,
        () -> operations.replace(key, stored, Arguments.jcache(timeToLive)));
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
    requireNonNull(key, "key");
    V stored = nulls.stored(value, "value");
    return nulls.shown(
        one(
            Command.REPLACE,
            key,
            stored,
            () -> operations.getAndReplace(key, stored, Arguments.jcache(timeToLive))));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    Set<K> copy = Arguments.keys(keys);
    return many(Command.MULTI_DELETE, copy, List.of(), () -> operations.removeAll(copy));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll() {
    return many(Command.CLEAR, List.of(), List.of(), operations::removeAll);
  }

  @Override
  public CompletionStage<@Nullable Void> clear() {
    return many(Command.CLEAR, List.of(), List.of(), operations::clear);
  }

  @Override
  public <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    requireNonNull(key, "key");
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = Arguments.ofProcessor(arguments);
    return one(Command.INVOKE, key, null, () -> operations.invoke(key, processor, copy));
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
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

  /** Says whether null is a value here. */
  boolean takesNulls() {
    return nulls.areValues();
  }

  /** Returns those who wait for locks here. */
  Waiters waiters() {
    return waiters;
  }

  /** Returns what calls the cache. */
  NativeCache<K, V> operations() {
    return operations;
  }

  // ---- what all of them share ------------------------------------------------------------------

  private <T extends @Nullable Object> CompletionStage<T> one(
      Command command, K key, @Nullable V value, Supplier<? extends CompletionStage<T>> body) {
    if (plugins.areNone()) {
      return timed(command, guard.submit(body));
    }
    List<?> values = value == null ? List.of() : List.of(value);
    CachePlugin.Call call = new CachePlugin.Call(this, command, List.of(key), values);
    return timed(command, plugins.around(call, () -> guard.submit(body)));
  }

  private <T extends @Nullable Object> CompletionStage<T> many(
      Command command,
      Collection<?> keys,
      Collection<?> values,
      Supplier<? extends CompletionStage<T>> body) {
    if (plugins.areNone()) {
      return timed(command, guard.submit(body));
    }
    CachePlugin.Call call =
        new CachePlugin.Call(this, command, List.copyOf(keys), List.copyOf(values));
    return timed(command, plugins.around(call, () -> guard.submit(body)));
  }

  private <T extends @Nullable Object> CompletionStage<T> timed(
      Command command, CompletionStage<T> stage) {
    return timeout == null || timeout.equals(FOREVER)
        ? stage
        : Timeouts.within(timeout, stage, "cache '" + cache.getName() + "': " + command);
  }
}
