package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import dev.larder.internal.async.NativeCache;
import dev.larder.internal.async.Versioned;
import dev.larder.internal.engine.AsyncEngine;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.RemoveIfEqual;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.operation.ReplaceIfEqual;
import dev.larder.internal.operation.Touch;
import dev.larder.spi.Serializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a cache: checks arguments, copies what crosses the border, and leaves
 * the rest to the {@link AsyncEngine}.
 */
final class AsyncFront<K, V> implements NativeCache<K, V> {
  private final CacheAssembly<K, V> assembly;
  private final Border<K, V> border;
  private final AsyncEngine<K, V> engine;
  private final Statistics statistics;

  private final @Nullable String namespace;
  private final @Nullable Serializer<V> serializer;

  AsyncFront(CacheAssembly<K, V> assembly) {
    this(assembly, assembly.engine().async(), null, null);
  }

  private AsyncFront(
      CacheAssembly<K, V> assembly,
      AsyncEngine<K, V> engine,
      @Nullable String namespace,
      @Nullable Serializer<V> serializer) {
    this.assembly = assembly;
    this.border = assembly.border();
    this.engine = engine;
    this.statistics = assembly.statistics();
    this.namespace = namespace;
    this.serializer = serializer;
  }

  // ---- views ----------------------------------------------------------------------------------

  @Override
  public NativeCache<K, V> withNamespace(String other) {
    border.checkOpen();
    return view(requireNonNull(other, "namespace"), serializer);
  }

  @Override
  public NativeCache<K, V> withSerializer(Serializer<V> other) {
    border.checkOpen();
    requireNonNull(other, "serializer");
    return assembly.isRemote() ? view(namespace, other) : this;
  }

  private AsyncFront<K, V> view(@Nullable String newNamespace, @Nullable Serializer<V> other) {
    return new AsyncFront<>(assembly, assembly.view(newNamespace, other), newNamespace, other);
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    K checked = border.checkedKey(key);
    long start = statistics.start();
    return engine
        .get(checked)
        .thenApply(
            value -> {
              statistics.stopGet(start);
              return border.copied(value);
            });
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    Set<K> checked = border.checkedKeys(keys);
    long start = statistics.start();
    return engine
        .getAll(checked)
        .thenApply(
            found -> {
              statistics.stopGet(start);
              return border.copied(checked, found);
            });
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return engine.contains(border.checkedKey(key));
  }

  @Override
  public CompletionStage<@Nullable Versioned<V>> getVersioned(K key) {
    K checked = border.checkedKey(key);
    long start = statistics.start();
    return engine
        .getVersioned(checked)
        .thenApply(
            found -> {
              statistics.stopGet(start);
              return found == null
                  ? null
                  : new Versioned<>(assembly.copyValue(found.value()), found.version());
            });
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value, @Nullable Duration timeToLive) {
    return put(key, value, put -> put.lasting(timeToLive));
  }

  @Override
  public CompletionStage<@Nullable Void> set(K key, V value) {
    return put(key, value, EntryOperation::renewing);
  }

  private CompletionStage<@Nullable Void> put(
      K key, V value, UnaryOperator<EntryOperation<V, ?>> lifetime) {
    K storedKey = border.storedKey(key);
    var put = lifetime.apply(Put.put(border.storedValue(value, "value")));
    long start = statistics.start();
    return engine
        .execute(storedKey, put)
        .thenAccept(done -> statistics.stopPut(start))
        .thenApply(done -> null);
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    var put = Put.getAndPut(border.storedValue(value, "value")).lasting(timeToLive);
    long start = statistics.start();
    return engine
        .execute(storedKey, put)
        .thenApply(
            before -> {
              statistics.stopGet(start);
              statistics.stopPut(start);
              return border.copied(before);
            });
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(
      Map<? extends K, ? extends V> map, @Nullable Duration timeToLive) {
    return putAll(map, put -> put.lasting(timeToLive));
  }

  @Override
  public CompletionStage<@Nullable Void> setAll(Map<? extends K, ? extends V> map) {
    return putAll(map, EntryOperation::renewing);
  }

  private CompletionStage<@Nullable Void> putAll(
      Map<? extends K, ? extends V> map, UnaryOperator<EntryOperation<V, ?>> lifetime) {
    border.checkOpen();
    Map<K, EntryOperation<V, ?>> puts = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach(
            (key, value) ->
                puts.put(
                    border.storedKey(key),
                    lifetime.apply(Put.put(border.storedValue(value, "value")))));
    long start = statistics.start();
    return nothing(engine.executeAll(puts).thenAccept(done -> statistics.stopPut(start)));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    return timedPut(
        storedKey,
        new PutIfAbsent<>(border.storedValue(value, "value")).lasting(timeToLive),
        false);
  }

  /**
   * Stores a value where there is none, and returns the one that was there, or {@code null}; for
   * caches in memory, since a server may only tell whether there was one.
   */
  CompletionStage<@Nullable V> getOrPut(K key, V value) {
    K storedKey = border.storedKey(key);
    PutIfAbsent<V> put = new PutIfAbsent<>(border.storedValue(value, "value"));
    return timedPut(storedKey, put, false).thenApply(done -> border.copied(put.before()));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    var replace = Replace.replace(border.storedValue(value, "value")).lasting(timeToLive);
    long start = statistics.start();
    return engine
        .execute(storedKey, replace)
        .thenApply(before -> stopLookup(start, before != null));
  }

  @Override
  public CompletionStage<Boolean> replace(
      K key, V oldValue, V newValue, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    V expected = border.checkedValue(oldValue, "oldValue");
    V stored = border.storedValue(newValue, "newValue");
    return timedPut(storedKey, new ReplaceIfEqual<>(expected, stored).lasting(timeToLive), true);
  }

  @Override
  public CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    V stored = border.storedValue(value, "value");
    return timed(() -> engine.replaceVersion(storedKey, version, stored, timeToLive), true);
  }

  private CompletionStage<Boolean> timedPut(
      K storedKey, EntryOperation<V, Boolean> operation, boolean lookup) {
    return timed(() -> engine.execute(storedKey, operation), lookup);
  }

  private CompletionStage<Boolean> timed(Supplier<CompletionStage<Boolean>> put, boolean lookup) {
    long start = statistics.start();
    return put.get()
        .thenApply(
            done -> {
              if (lookup) {
                statistics.stopGet(start);
              }
              if (done) {
                statistics.stopPut(start);
              }
              return done;
            });
  }

  private boolean stopLookup(long start, boolean replaced) {
    statistics.stopGet(start);
    if (replaced) {
      statistics.stopPut(start);
    }
    return replaced;
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value, @Nullable Duration timeToLive) {
    K storedKey = border.storedKey(key);
    var replace = Replace.getAndReplace(border.storedValue(value, "value")).lasting(timeToLive);
    long start = statistics.start();
    return engine
        .execute(storedKey, replace)
        .thenApply(
            before -> {
              stopLookup(start, before != null);
              return border.copied(before);
            });
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    K storedKey = border.storedKey(key);
    long start = statistics.start();
    return engine
        .execute(storedKey, Remove.<V>remove())
        .thenApply(before -> stopRemove(start, before != null));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    K storedKey = border.storedKey(key);
    V expected = border.checkedValue(oldValue, "oldValue");
    long start = statistics.start();
    return engine
        .execute(storedKey, new RemoveIfEqual<>(expected))
        .thenApply(
            done -> {
              statistics.stopGet(start);
              return stopRemove(start, done);
            });
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    K storedKey = border.storedKey(key);
    long start = statistics.start();
    return engine
        .execute(storedKey, Remove.<V>getAndRemove())
        .thenApply(
            before -> {
              statistics.stopGet(start);
              stopRemove(start, before != null);
              return border.copied(before);
            });
  }

  private boolean stopRemove(long start, boolean removed) {
    if (removed) {
      statistics.stopRemove(start);
    }
    return removed;
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    Map<K, Remove<V>> removals = new LinkedHashMap<>();
    border.storedKeys(keys).forEach(key -> removals.put(key, Remove.remove()));
    long start = statistics.start();
    return nothing(engine.executeAll(removals).thenAccept(done -> statistics.stopRemove(start)));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll() {
    border.checkOpen();
    long start = statistics.start();
    return nothing(engine.removeAll().thenAccept(done -> statistics.stopRemove(start)));
  }

  @Override
  public CompletionStage<@Nullable Void> clear() {
    border.checkOpen();
    return nothing(engine.clear());
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    return nothing(engine.loadAll(border.storedKeys(keys), replaceExistingValues));
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration timeToLive) {
    return engine.execute(border.storedKey(key), new Touch<>(timeToLive));
  }

  private static CompletionStage<@Nullable Void> nothing(CompletionStage<?> stage) {
    return stage.thenApply(done -> null);
  }

  // ---- entry processors -----------------------------------------------------------------------

  @Override
  public <T extends @Nullable Object> CompletionStage<T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    K storedKey = border.storedKey(key);
    return engine.execute(storedKey, assembly.invocation(storedKey, processor, arguments));
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> compute(
      K key, EntryProcessor<K, V, T> processor) {
    K storedKey = border.storedKey(key);
    return engine.execute(storedKey, assembly.invocation(storedKey, processor, null).repeatable());
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    Map<K, EntryProcessorResult<T>> results = new ConcurrentHashMap<>();
    CompletableFuture<?>[] all =
        border.checkedKeys(keys).stream()
            .map(
                key ->
                    invoke(key, processor, arguments)
                        .handle((answer, failure) -> note(results, key, answer, failure))
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all).thenApply(done -> results);
  }

  private static <K, T> boolean note(
      Map<K, EntryProcessorResult<T>> results,
      K key,
      @Nullable T answer,
      @Nullable Throwable failure) {
    if (answer != null) {
      results.put(key, () -> answer);
    } else if (failure != null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (cause instanceof RuntimeException e) {
        results.put(key, LarderCache.failed(e));
      } else {
        throw new CompletionException(cause);
      }
    }
    return true;
  }

  // ---- the backend ----------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Object> raw(String command, List<Object> arguments) {
    border.checkOpen();
    requireNonNull(command, "command");
    List<Object> given = List.copyOf(arguments);
    return engine.raw(
        command,
        given,
        entries -> new MapCommands<>(this, entries, border).execute(command, given));
  }

  @Override
  public byte[] storedKey(K key) {
    return engine.storedKey(border.checkedKey(key));
  }
}
