package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.async.CachePlugin.Command;
import dev.larder.internal.async.NativeCache;
import dev.larder.spi.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** The commands that JCache does not have, and the views, for the cache of any provider. */
final class AsyncFront<K, V> extends JCacheFront<K, V> {
  private final Waiters waiters;
  private final @Nullable String namespace;

  private AsyncFront(
      AsyncFront<K, V> other,
      CallPath path,
      javax.cache.expiry.@Nullable Duration timeToLive,
      Nulls<V> nulls) {
    super(other.cache, other.operations, path, timeToLive, nulls);
    this.waiters = other.waiters;
    this.namespace = other.namespace;
  }

  private AsyncFront(
      AsyncFront<K, V> other, NativeCache<K, V> operations, @Nullable String namespace) {
    super(other.cache, operations, other.path, other.timeToLive, other.nulls);
    this.waiters = other.waiters;
    this.namespace = namespace;
  }

  private AsyncFront(Cache<K, V> cache, NativeCache<K, V> operations, CallPath path) {
    super(cache, operations, path, null, new Nulls<>(null));
    this.waiters = new Waiters();
    this.namespace = null;
  }

  static <K, V> AsyncFront<K, V> of(Cache<K, V> cache, Settings settings) {
    NativeCache<K, V> larders = nativeOf(cache);
    // What is called on an executor is bounded there, together with what waits for its turn.
    int most = larders == null ? Integer.MAX_VALUE : settings.maxInFlight();
    CallPath path =
        new CallPath(
            cache.getName(),
            new Guard(cache.getName(), most),
            new Plugins(settings.plugins()),
            null);
    return new AsyncFront<>(
        cache, larders == null ? new ExecutorCache<>(cache, settings) : larders, path);
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
    return store(
        key,
        value,
        stored ->
            timeToLive == null
                ? operations.set(key, stored)
                : operations.put(key, stored, timeToLive));
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, @Nullable V value, Duration timeToLive) {
    javax.cache.expiry.Duration ttl = Arguments.timeToLive(timeToLive);
    return store(key, value, stored -> operations.put(key, stored, ttl));
  }

  @Override
  public CompletionStage<@Nullable Void> multiSet(Map<? extends K, ? extends V> entries) {
    return storeAll(
        entries,
        copy -> timeToLive == null ? operations.setAll(copy) : operations.putAll(copy, timeToLive));
  }

  @Override
  public CompletionStage<@Nullable Void> multiSet(
      Map<? extends K, ? extends V> entries, Duration timeToLive) {
    return withTimeToLive(timeToLive).multiSet(entries);
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
                .compute(key, increment)
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
        () -> operations.replaceVersion(key, version, stored, timeToLive));
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration timeToLive) {
    requireNonNull(key, "key");
    javax.cache.expiry.Duration ttl = Arguments.timeToLive(timeToLive);
    return one(Command.EXPIRE, key, null, () -> operations.expire(key, ttl));
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, Object... arguments) {
    requireNonNull(command, "command");
    List<Object> copy = Arguments.raw(arguments);
    return many(Command.RAW, List.of(), copy, () -> operations.raw(command, copy));
  }

  @Override
  public CompletionStage<@Nullable Void> close() {
    return path.within("close", DefaultExecutor.run(cache::close));
  }

  // ---- views -----------------------------------------------------------------------------------

  @Override
  public AsyncFront<K, V> withTimeToLive(Duration timeToLive) {
    return new AsyncFront<>(this, path, Arguments.timeToLive(timeToLive), nulls);
  }

  @Override
  public AsyncFront<K, V> withTimeout(Duration timeout) {
    Duration positive = Arguments.positive(timeout, "timeout");
    return new AsyncFront<>(this, path.withTimeout(positive), timeToLive, nulls);
  }

  @Override
  public AsyncFront<K, V> withNulls(V standIn) {
    Nulls<V> values = new Nulls<>(requireNonNull(standIn, "standIn"));
    return new AsyncFront<>(this, path, timeToLive, values);
  }

  @Override
  public AsyncFront<K, V> withNamespace(String namespace) {
    return new AsyncFront<>(
        this, operations.withNamespace(requireNonNull(namespace, "namespace")), namespace);
  }

  @Override
  public AsyncFront<K, V> withSerializer(Serializer<V> serializer) {
    return new AsyncFront<>(
        this, operations.withSerializer(requireNonNull(serializer, "serializer")), namespace);
  }

  // ---- for decorators and locks ----------------------------------------------------------------

  /** Says whether null is a value here. */
  boolean takesNulls() {
    return nulls.areValues();
  }

  /** Says whether entries here are those of another cache. */
  boolean hasEntriesOf(AsyncFront<?, ?> other) {
    return cache == other.cache && Objects.equals(namespace, other.namespace);
  }

  /** Returns where the entries are, if not in the namespace of the cache's manager. */
  @Nullable String namespace() {
    return namespace;
  }

  /** Returns those who wait for locks here. */
  Waiters waiters() {
    return waiters;
  }

  /** Returns what calls the cache. */
  NativeCache<K, V> operations() {
    return operations;
  }
}
