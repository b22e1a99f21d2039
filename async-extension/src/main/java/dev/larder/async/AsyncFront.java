package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.async.CachePlugin.Command;
import dev.larder.internal.async.NativeCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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
  private final @Nullable Duration timeToLive;
  private final @Nullable Duration timeout;

  /** Stands for null; null itself if null is no value. */
  private final @Nullable V standIn;

  private AsyncFront(
      AsyncFront<K, V> other,
      @Nullable Duration timeToLive,
      @Nullable Duration timeout,
      @Nullable V standIn) {
    this.cache = other.cache;
    this.operations = other.operations;
    this.guard = other.guard;
    this.plugins = other.plugins;
    this.timeToLive = timeToLive;
    this.timeout = timeout;
    this.standIn = standIn;
  }

  private AsyncFront(
      Cache<K, V> cache, NativeCache<K, V> operations, Guard guard, Settings settings) {
    this.cache = cache;
    this.operations = operations;
    this.guard = guard;
    this.plugins = new Plugins(settings.plugins());
    this.timeToLive = null;
    this.timeout = null;
    this.standIn = null;
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
    return shown(one(Command.GET, key, null, () -> operations.get(key)));
  }

  @Override
  public CompletionStage<@Nullable V> get(K key, @Nullable V defaultValue) {
    requireNonNull(key, "key");
    return Stages.map(
        one(Command.GET, key, null, () -> operations.get(key)),
        stored -> stored == null ? defaultValue : shown(stored));
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
    return store(key, value, timeToLive);
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, @Nullable V value, Duration timeToLive) {
    return store(key, value, positive(timeToLive, "timeToLive"));
  }

  private CompletionStage<@Nullable Void> store(K key, @Nullable V value, @Nullable Duration ttl) {
    requireNonNull(key, "key");
    V stored = stored(value);
    return one(Command.SET, key, stored, () -> operations.put(key, stored, jcache(ttl)));
  }

  @Override
  public CompletionStage<@Nullable Void> multiSet(Map<? extends K, ? extends V> entries) {
    return putAll(entries);
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
  public CompletionStage<Boolean> expire(K key, Duration timeToLive) {
    requireNonNull(key, "key");
    javax.cache.expiry.Duration ttl = requireNonNull(jcache(positive(timeToLive, "timeToLive")));
    return one(Command.EXPIRE, key, null, () -> operations.expire(key, ttl));
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, Object... arguments) {
    requireNonNull(command, "command");
    List<byte[]> bytes = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      bytes.add(
          argument instanceof byte[] array
              ? array.clone()
              : requireNonNull(argument, "argument").toString().getBytes(StandardCharsets.UTF_8));
    }
    return many(Command.RAW, List.of(), List.of(arguments), () -> operations.raw(command, bytes));
  }

  @Override
  public CompletionStage<@Nullable Void> close() {
    return DefaultExecutor.run(cache::close);
  }

  // ---- views -----------------------------------------------------------------------------------

  @Override
  public AsyncCache<K, V> withTimeToLive(Duration timeToLive) {
    return new AsyncFront<>(this, positive(timeToLive, "timeToLive"), timeout, standIn);
  }

  @Override
  public AsyncCache<K, V> withTimeout(Duration timeout) {
    return new AsyncFront<>(this, timeToLive, positive(timeout, "timeout"), standIn);
  }

  @Override
  public AsyncCache<K, V> withNulls(V standIn) {
    return new AsyncFront<>(this, timeToLive, timeout, requireNonNull(standIn, "standIn"));
  }

  // ---- operations of JCache --------------------------------------------------------------------

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    Set<K> copy = copyOf(keys);
    CompletionStage<Map<K, V>> found =
        many(Command.MULTI_GET, copy, List.of(), () -> operations.getAll(copy));
    return standIn == null ? found : Stages.map(found, this::withNullsShown);
  }

  @SuppressWarnings("NullAway") // where null is a value, maps have it
  private Map<K, V> withNullsShown(Map<K, V> stored) {
    Map<K, V> all = new HashMap<>(stored);
    all.replaceAll((key, value) -> shown(value));
    return all;
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    requireNonNull(key, "key");
    return one(Command.EXISTS, key, null, () -> operations.containsKey(key));
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    Set<K> copy = copyOf(keys);
    return many(
        Command.LOAD, copy, List.of(), () -> operations.loadAll(copy, replaceExistingValues));
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value) {
    return set(key, value);
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value) {
    requireNonNull(key, "key");
    V stored = stored(value);
    return shown(
        one(Command.SET, key, stored, () -> operations.getAndPut(key, stored, jcache(timeToLive))));
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
    Map<K, V> copy = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach((key, value) -> copy.put(requireNonNull(key, "key"), stored(value)));
    return many(
        Command.MULTI_SET,
        copy.keySet(),
        copy.values(),
        () -> operations.putAll(copy, jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, @Nullable V value) {
    requireNonNull(key, "key");
    V stored = stored(value);
    return one(
        Command.ADD, key, stored, () -> operations.putIfAbsent(key, stored, jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    requireNonNull(key, "key");
    return one(Command.DELETE, key, null, () -> operations.remove(key));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    requireNonNull(key, "key");
    V stored = stored(oldValue, "oldValue");
    return one(Command.DELETE, key, null, () -> operations.remove(key, stored));
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    requireNonNull(key, "key");
    return shown(one(Command.DELETE, key, null, () -> operations.getAndRemove(key)));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
    requireNonNull(key, "key");
    V before = stored(oldValue, "oldValue");
    V after = stored(newValue, "newValue");
    return one(
        Command.REPLACE,
        key,
        after,
        () -> operations.replace(key, before, after, jcache(timeToLive)));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    requireNonNull(key, "key");
    V stored = stored(value);
    return one(
        Command.REPLACE, key, stored, () -> operations.replace(key, stored, jcache(timeToLive)));
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
    requireNonNull(key, "key");
    V stored = stored(value);
    return shown(
        one(
            Command.REPLACE,
            key,
            stored,
            () -> operations.getAndReplace(key, stored, jcache(timeToLive))));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    Set<K> copy = copyOf(keys);
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
    @Nullable Object[] copy = arguments.clone();
    return one(Command.INVOKE, key, null, () -> operations.invoke(key, processor, copy));
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    Set<K> copyOfKeys = copyOf(keys);
    requireNonNull(processor, "processor");
    @Nullable Object[] copy = arguments.clone();
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
    return standIn != null;
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

  private V stored(@Nullable V value) {
    return stored(value, "value");
  }

  private V stored(@Nullable V value, String name) {
    return requireNonNull(value == null ? standIn : value, name);
  }

  private CompletionStage<@Nullable V> shown(CompletionStage<@Nullable V> stored) {
    return standIn == null ? stored : Stages.map(stored, this::shown);
  }

  private @Nullable V shown(@Nullable V stored) {
    return standIn != null && standIn.equals(stored) ? null : stored;
  }

  private static Duration positive(Duration duration, String name) {
    if (requireNonNull(duration, name).isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s; it must be positive, or AsyncCache.FOREVER".formatted(name, duration));
    }
    return duration;
  }

  private static javax.cache.expiry.@Nullable Duration jcache(@Nullable Duration duration) {
    return duration == null ? null : TimesToLive.jcache(duration);
  }

  private static <K> Set<K> copyOf(Set<? extends K> keys) {
    Set<K> copy = new LinkedHashSet<>();
    requireNonNull(keys, "keys").forEach(key -> copy.add(requireNonNull(key, "key")));
    return Collections.unmodifiableSet(copy);
  }
}
