package dev.larder.internal.remote;

import dev.larder.BackendException;
import dev.larder.internal.concurrent.KeyLocks;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.engine.WriteThrough;
import dev.larder.internal.event.EventBatch;
import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Get;
import dev.larder.internal.operation.Load;
import dev.larder.internal.operation.Remove;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on entries in a {@link RemoteStore}.
 *
 * <p>Where one command does the job, it sends that one ({@link NativeCommands}). Everything else
 * reads, decides, and commits by compare-and-set, again and again until nobody came in between
 * ({@link Attempt}). What is decided is so atomic for all JVMs that share the store. Within this
 * JVM, calls that decide here take turns for a key ({@link KeyLocks}): user code then runs once for
 * each call unless another JVM or a plain command interferes, one load serves all who wait for it,
 * and events keep their order.
 */
final class RemoteEngine<K, V> implements Engine<K, V> {
  /** A store on which this many attempts lose in a row does not do what it promises. */
  private static final int MAX_ATTEMPTS = 10_000;

  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedStage(true);

  private final String cacheName;
  private final RemoteStore store;
  private final KeyCodec<K> keys;
  private final Values<V> values;
  private final ExpiryRules expiry;
  private final NativeCommands<V> commands;
  private final KeyLocks<K> locks;
  private final @Nullable ReadThrough<K, V> loader;
  private final @Nullable ReadThrough<K, V> missLoader;
  private final @Nullable WriteThrough<K, V> writer;
  private final OutcomeRecorder<K, V> recorder;

  RemoteEngine(EngineParts<K, V> parts, RemoteStore store, KeyCodec<K> keys, Codec<V> codec) {
    this.cacheName = parts.cacheName();
    this.store = store;
    this.keys = keys;
    this.expiry = parts.expiry().withoutClock();
    this.values = new Values<>(cacheName, codec, expiry);
    this.commands = new NativeCommands<>(store, values, expiry);
    this.locks = new KeyLocks<>(cacheName);
    this.loader = parts.loader();
    this.missLoader = parts.missLoader();
    this.writer = parts.writer();
    this.recorder = parts.recorder();
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public @Nullable V get(K key) {
    byte[] bytes = keys.encode(key);
    V value = CallerRuns.await(thread -> read(bytes, thread));
    if (value == null && missLoader != null) {
      return execute(key, new Get<>(key, missLoader));
    }
    countRead(value);
    return value;
  }

  /** Reads a value, and notes the access. */
  private CompletionStage<@Nullable V> read(byte[] key, Executor thread) {
    if (!expiry.watchesAccess()) {
      return store.get(key).thenApplyAsync(values::decode, thread);
    }
    if (!expiry.runsUserCode()) {
      return store
          .getAndTouch(key, values.ttl(expiry.onAccess(Deadline.UNKNOWN)))
          .thenApplyAsync(values::decode, thread);
    }
    return store.get(key).thenComposeAsync(stored -> touchIfLive(key, stored), thread);
  }

  private CompletionStage<@Nullable V> touchIfLive(byte[] key, @Nullable Stored stored) {
    V value = values.decode(stored);
    if (value == null || stored == null) {
      return CompletableFuture.completedFuture(null);
    }
    return touch(key, stored).thenApply(any -> value);
  }

  /** Sets the time to live that the policy gives to an entry that was seen. */
  private CompletionStage<Boolean> touch(byte[] key, Stored seen) {
    long deadline = expiry.onAccess(Deadline.UNKNOWN);
    if (deadline == Deadline.UNKNOWN) {
      return CompletableFuture.completedFuture(true);
    }
    return deadline == Deadline.PAST
        ? store.compareAndSet(key, seen, null, values.ttl(deadline))
        : store.touch(key, values.ttl(deadline));
  }

  private void countRead(@Nullable V value) {
    if (value == null) {
      recorder.misses(1);
    } else {
      recorder.hit();
    }
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> wanted) {
    List<K> order = new ArrayList<>(wanted);
    List<@Nullable V> read = CallerRuns.await(thread -> readAll(order, thread));
    Map<K, V> found = new HashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    for (int i = 0; i < order.size(); i++) {
      V value = read.get(i);
      if (value == null) {
        missing.add(order.get(i));
      } else {
        found.put(order.get(i), value);
        recorder.hit();
      }
    }
    if (missLoader == null) {
      recorder.misses(missing.size());
    } else if (!missing.isEmpty()) {
      found.putAll(loadTogether(missing, missLoader, false, Get::new));
    }
    return found;
  }

  private CompletionStage<List<@Nullable V>> readAll(List<K> order, Executor thread) {
    if (!expiry.watchesAccess()) {
      return store
          .getAll(encoded(order))
          .thenApplyAsync(
              all -> {
                List<@Nullable V> decoded = new ArrayList<>(all.size());
                all.forEach(stored -> decoded.add(values.decode(stored)));
                return decoded;
              },
              thread);
    }
    return Stages.forEach(encoded(order), key -> read(key, thread));
  }

  private List<byte[]> encoded(Collection<K> some) {
    List<byte[]> bytes = new ArrayList<>(some.size());
    some.forEach(key -> bytes.add(keys.encode(key)));
    return bytes;
  }

  @Override
  public boolean contains(K key) {
    return CallerRuns.await(thread -> store.contains(keys.encode(key)));
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    return new RemoteIterator<>(store, keys, values, this::noteAccess);
  }

  private void noteAccess(byte[] key, Stored seen) {
    recorder.hit();
    if (expiry.watchesAccess()) {
      CallerRuns.await(thread -> touch(key, seen));
    }
  }

  @Override
  public Iterator<K> keys() {
    Set<K> found = new LinkedHashSet<>();
    new KeyPages(store, keys.prefix())
        .forEachRemaining(
            page ->
                page.forEach(
                    bytes -> {
                      try {
                        found.add(keys.decode(bytes));
                      } catch (UndecodableException e) {
                        // Not written by a cache with this configuration, so no entry of it.
                      }
                    }));
    return found.iterator();
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  @SuppressWarnings("NullAway") // R says itself whether the answer may be null
  public <R extends @Nullable Object> R execute(K key, EntryOperation<V, R> operation) {
    byte[] bytes = keys.encode(key);
    if (mustKnow(operation) || !commands.covers(operation)) {
      decideHere(key, bytes, operation);
    } else {
      locks.checkNotMine(Set.of(key));
      CallerRuns.await(thread -> commands.run(bytes, operation, thread));
      recorder.count(operation);
    }
    return operation.result();
  }

  /** Says whether even a plain change must know what it changes. */
  private boolean mustKnow(EntryOperation<V, ?> operation) {
    boolean asksPolicy = expiry.runsUserCode() && !(operation instanceof Remove);
    return writer != null || asksPolicy || recorder.hasListeners();
  }

  private void decideHere(K key, byte[] bytes, EntryOperation<V, ?> operation) {
    EventBatch<K, V> events = recorder.newBatch();
    ExpiryRules rules = expiry.forOneCall();
    locks.acquire(key);
    try {
      CallerRuns.await(thread -> attempt(key, bytes, operation, rules, events, thread, 1));
    } catch (Throwable e) {
      locks.release(key);
      events.deliverDespite(e);
      throw e;
    }
    locks.release(key);
    events.deliver();
  }

  private CompletionStage<Boolean> attempt(
      K key,
      byte[] bytes,
      EntryOperation<V, ?> operation,
      ExpiryRules rules,
      EventBatch<K, V> events,
      Executor thread,
      int number) {
    return store
        .get(bytes)
        .thenComposeAsync(
            seen -> {
              Attempt<K, V> attempt = new Attempt<>(key, bytes, operation, rules, seen);
              attempt.decide(values);
              if (writer != null) {
                writer.apply(key, operation);
              }
              return attempt.commit(store);
            },
            thread)
        .thenComposeAsync(
            made -> {
              if (made) {
                recorder.record(key, operation, events);
                return DONE;
              }
              checkNumber(key, number);
              return attempt(key, bytes, operation, rules, events, thread, number + 1);
            },
            thread);
  }

  private void checkNumber(K key, int number) {
    if (number >= MAX_ATTEMPTS) {
      throw new BackendException(
          "cache '%s': key %s changed %d times while one change of it was tried; nothing was changed"
              .formatted(cacheName, key, number),
          null,
          false);
    }
  }

  @Override
  public void executeAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    if (operations.isEmpty()) {
      return;
    }
    if (operations.values().stream().anyMatch(one -> mustKnow(one) || !commands.covers(one))) {
      locks.acquireAll(operations.keySet());
      runTogether(operations, attempts -> {});
      return;
    }
    locks.checkNotMine(operations.keySet());
    if (operations.values().iterator().next() instanceof Remove) {
      long removed =
          CallerRuns.await(thread -> store.removeAll(encoded(Set.copyOf(operations.keySet()))));
      recorder.removals(removed);
    } else {
      putAll(operations);
    }
  }

  private void putAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    List<RemoteStore.Item> items = new ArrayList<>(operations.size());
    operations.forEach(
        (key, put) -> {
          put.run(null, expiry);
          items.add(new RemoteStore.Item(keys.encode(key), values.encode(offered(put))));
        });
    CallerRuns.await(
        thread ->
            store.putAll(
                items,
                values.ttl(expiry.onCreation()),
                values.ttl(expiry.onUpdate(Deadline.UNKNOWN))));
    operations.values().forEach(recorder::count);
  }

  /** Runs operations whose keys the caller has taken, and gives the keys back. */
  private void runTogether(
      Map<K, ? extends EntryOperation<V, ?>> operations, Consumer<List<Attempt<K, V>>> onRead) {
    EventBatch<K, V> events = recorder.newBatch();
    RuntimeException writeFailure = null;
    try {
      List<Attempt<K, V>> attempts = CallerRuns.await(thread -> begin(operations, thread));
      onRead.accept(attempts);
      attempts.forEach(attempt -> attempt.decide(values));
      Set<Object> failed = Set.of();
      if (writer != null) {
        WriteThrough.Result written = writer.applyAll(operations);
        writeFailure = written.failure();
        failed = written.failed();
      }
      Set<Object> unwritten = failed;
      attempts.removeIf(attempt -> unwritten.contains(attempt.key()));
      CallerRuns.await(thread -> commitAll(attempts, events, thread));
    } catch (Throwable e) {
      operations.keySet().forEach(locks::release);
      events.deliverDespite(e);
      throw e;
    }
    operations.keySet().forEach(locks::release);
    if (writeFailure != null) {
      events.deliverDespite(writeFailure);
      throw writeFailure;
    }
    events.deliver();
  }

  private CompletionStage<List<Attempt<K, V>>> begin(
      Map<K, ? extends EntryOperation<V, ?>> operations, Executor thread) {
    List<K> order = new ArrayList<>(operations.keySet());
    List<byte[]> bytes = encoded(order);
    return store
        .getAll(bytes)
        .thenApplyAsync(
            seen -> {
              List<Attempt<K, V>> attempts = new ArrayList<>(order.size());
              for (int i = 0; i < order.size(); i++) {
                K key = order.get(i);
                EntryOperation<V, ?> operation = operations.get(key);
                if (operation != null) {
                  attempts.add(
                      new Attempt<>(
                          key, bytes.get(i), operation, expiry.forOneCall(), seen.get(i)));
                }
              }
              return attempts;
            },
            thread);
  }

  private CompletionStage<?> commitAll(
      List<Attempt<K, V>> attempts, EventBatch<K, V> events, Executor thread) {
    return Stages.forEach(
        attempts,
        attempt ->
            attempt
                .commit(store)
                .thenComposeAsync(made -> settle(attempt, made, events, thread), thread));
  }

  /** Records a change that was made, or tries again; the writer has been called by now. */
  private CompletionStage<Boolean> settle(
      Attempt<K, V> attempt, boolean made, EventBatch<K, V> events, Executor thread) {
    if (made) {
      recorder.record(attempt.key(), attempt.operation(), events);
      return DONE;
    }
    return store
        .get(attempt.keyBytes())
        .thenComposeAsync(
            seen -> {
              Attempt<K, V> next = attempt.again(seen);
              next.decide(values);
              return next.commit(store)
                  .thenComposeAsync(again -> settle(next, again, events, thread), thread);
            },
            thread);
  }

  @Override
  public void loadAll(Set<? extends K> wanted, boolean replacing) {
    if (loader == null) {
      return;
    }
    Set<K> absent = new HashSet<>(wanted);
    if (!replacing) {
      List<K> order = new ArrayList<>(wanted);
      List<@Nullable Stored> stored = CallerRuns.await(thread -> store.getAll(encoded(order)));
      for (int i = 0; i < order.size(); i++) {
        if (values.decode(stored.get(i)) != null) {
          absent.remove(order.get(i));
        }
      }
    }
    if (!absent.isEmpty()) {
      loadTogether(absent, loader, replacing, (key, source) -> new Load<>(key, source, replacing));
    }
  }

  /**
   * Loads the values of keys with one call of the loader; those that another thread of this JVM is
   * loading or changing are waited for, and loaded one by one if they are still missing then.
   */
  private Map<K, V> loadTogether(
      Set<K> wanted,
      ReadThrough<K, V> source,
      boolean replacing,
      BiFunction<K, Function<K, @Nullable V>, EntryOperation<V, @Nullable V>> operationOn) {
    Map<K, V> loaded = new HashMap<>();
    Map<K, EntryOperation<V, @Nullable V>> operations = new LinkedHashMap<>();
    locks
        .acquireFree(wanted)
        .forEach(key -> operations.put(key, operationOn.apply(key, loaded::get)));
    if (!operations.isEmpty()) {
      runTogether(
          operations,
          attempts -> {
            Set<K> toLoad = replacing ? operations.keySet() : keysWithoutValue(attempts);
            if (!toLoad.isEmpty()) {
              loaded.putAll(source.loadAll(toLoad));
            }
          });
    }
    Map<K, V> results = new HashMap<>();
    for (K key : wanted) {
      EntryOperation<V, @Nullable V> operation = operations.get(key);
      V result =
          operation == null ? execute(key, operationOn.apply(key, source)) : operation.result();
      if (result != null) {
        results.put(key, result);
      }
    }
    return results;
  }

  private Set<K> keysWithoutValue(List<Attempt<K, V>> attempts) {
    Set<K> found = new LinkedHashSet<>();
    for (Attempt<K, V> attempt : attempts) {
      if (!attempt.findsValue(values)) {
        found.add(attempt.key());
      }
    }
    return found;
  }

  private static <V> V offered(EntryOperation<V, ?> operation) {
    V value = operation.offered();
    if (value == null) {
      throw new IllegalStateException("a put without a value");
    }
    return value;
  }

  // ---- the whole cache ------------------------------------------------------------------------

  @Override
  public void clear() {
    CallerRuns.await(thread -> store.clear(keys.prefix()));
  }

  @Override
  public void close() {
    // Entries stay where they are; the store belongs to the manager.
  }
}
