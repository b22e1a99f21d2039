package dev.larder.internal.remote;

import static java.util.Objects.requireNonNull;

import dev.larder.BackendException;
import dev.larder.internal.concurrent.KeyLocks;
import dev.larder.internal.concurrent.Worker;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls on several entries in a {@link RemoteStore}, in stages of which none waits. */
final class BulkCalls<K, V> {
  private final RemoteParts<K, V> parts;
  private final EntryCalls<K, V> single;
  private final Values<V> values;
  private final ExpiryRules expiry;
  private final KeyLocks<K> locks;
  private final OutcomeRecorder<K, V> recorder;
  private final @Nullable WriteThrough<K, V> writer;

  BulkCalls(RemoteParts<K, V> parts, EntryCalls<K, V> single) {
    this.parts = parts;
    this.single = single;
    this.values = parts.values();
    this.expiry = parts.expiry();
    this.locks = parts.locks();
    this.recorder = parts.recorder();
    this.writer = parts.writer();
  }

  // ---- reads ----------------------------------------------------------------------------------

  CompletionStage<Map<K, V>> getAll(Set<? extends K> wanted, Worker worker) {
    List<K> order = new ArrayList<>(wanted);
    ReadThrough<K, V> missLoader = parts.missLoader();
    return readAll(order, worker)
        .thenComposeAsync(
            read -> {
              Map<K, V> found = new HashMap<>();
              Set<K> missing = new LinkedHashSet<>();
              sort(order, read, found, missing);
              if (missLoader == null || missing.isEmpty()) {
                recorder.misses(missing.size());
                return CompletableFuture.completedStage(found);
              }
              return loadTogether(missing, missLoader, false, Get::new, worker)
                  .thenApply(
                      loaded -> {
                        found.putAll(loaded);
                        return found;
                      });
            },
            worker);
  }

  private void sort(List<K> keys, List<@Nullable V> read, Map<K, V> found, Set<K> missing) {
    for (int i = 0; i < keys.size(); i++) {
      V value = read.get(i);
      if (value == null) {
        missing.add(keys.get(i));
      } else {
        found.put(keys.get(i), value);
        recorder.hit();
      }
    }
  }

  private CompletionStage<List<@Nullable V>> readAll(List<K> order, Worker worker) {
    List<byte[]> keys = parts.encoded(order);
    return expiry.watchesAccess()
        ? Stages.forEach(keys, key -> single.read(key, worker))
        : decodedAll(keys, worker);
  }

  private CompletionStage<List<@Nullable V>> decodedAll(List<byte[]> keys, Worker worker) {
    return parts
        .store()
        .getAll(keys)
        .thenApplyAsync(
            all -> {
              List<@Nullable V> decoded = new ArrayList<>(all.size());
              for (int i = 0; i < all.size(); i++) {
                decoded.add(values.decode(keys.get(i), all.get(i)));
              }
              return decoded;
            },
            worker);
  }

  // ---- changes --------------------------------------------------------------------------------

  CompletionStage<?> executeAll(Map<K, ? extends EntryOperation<V, ?>> operations, Worker worker) {
    if (operations.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    locks.checkNotMine(operations.keySet(), worker);
    if (!operations.values().stream().allMatch(parts::isNative)) {
      return runTogether(
          locks.acquireAll(operations.keySet(), worker), operations, attempts -> {}, worker);
    }
    return operations.values().iterator().next() instanceof Remove
        ? removeAll(parts.encoded(operations.keySet()))
        : putAll(operations, worker);
  }

  private CompletionStage<?> removeAll(List<byte[]> keys) {
    return parts.store().removeAll(keys).thenAccept(recorder::removals);
  }

  private CompletionStage<?> putAll(
      Map<K, ? extends EntryOperation<V, ?>> operations, Worker worker) {
    List<RemoteStore.Item> items = new ArrayList<>(operations.size());
    operations.forEach(
        (key, put) -> {
          put.run(null, expiry);
          items.add(
              new RemoteStore.Item(
                  parts.keys().encode(key), values.encode(requireNonNull(put.offered()))));
        });
    ExpiryRules rules = operations.values().iterator().next().rules(expiry);
    return parts
        .store()
        .putAll(items, values.ttl(rules.onCreation()), values.ttl(rules.onUpdate(Deadline.UNKNOWN)))
        .thenRunAsync(() -> operations.values().forEach(recorder::count), worker);
  }

  /** Removes all entries: page by page, unless somebody must know each of them. */
  CompletionStage<?> removeAll(Worker worker) {
    if (parts.isNative(Remove.remove())) {
      return removePages(null, worker);
    }
    Map<K, Remove<V>> removals = new LinkedHashMap<>();
    return eachKey(null, key -> removals.put(key, Remove.remove()), worker)
        .thenComposeAsync(all -> executeAll(removals, worker), worker);
  }

  private CompletionStage<?> removePages(@Nullable String cursor, Worker worker) {
    return parts
        .store()
        .scan(parts.keys().prefix(), cursor)
        .thenComposeAsync(
            page ->
                removeAll(page.keys())
                    .thenComposeAsync(
                        removed ->
                            page.cursor() == null
                                ? CompletableFuture.completedStage(null)
                                : removePages(page.cursor(), worker),
                        worker),
            worker);
  }

  private CompletionStage<?> eachKey(@Nullable String cursor, Consumer<K> action, Worker worker) {
    return parts
        .store()
        .scan(parts.keys().prefix(), cursor)
        .thenComposeAsync(
            page -> {
              page.keys().forEach(bytes -> parts.keys().ifKey(bytes, action));
              return page.cursor() == null
                  ? CompletableFuture.completedStage(null)
                  : eachKey(page.cursor(), action, worker);
            },
            worker);
  }

  /**
   * Runs operations when their keys are taken, and gives the keys back.
   *
   * @param onRead gets what was read of the keys before anything is decided
   */
  private CompletionStage<?> runTogether(
      CompletionStage<?> taken,
      Map<K, ? extends EntryOperation<V, ?>> operations,
      Consumer<List<Attempt<K, V>>> onRead,
      Worker worker) {
    EventBatch<K, V> events = recorder.newBatch();
    CompletionStage<?> made =
        taken
            .thenCompose(turn -> begin(operations, worker))
            .thenComposeAsync(
                attempts -> {
                  onRead.accept(attempts);
                  attempts.forEach(attempt -> attempt.decide(values));
                  return writeAndCommit(attempts, operations, events, worker);
                },
                worker)
            .whenComplete(
                (done, failure) -> operations.keySet().forEach(key -> locks.release(key, worker)));
    return parts.delivering(events, made, worker);
  }

  private CompletionStage<List<Attempt<K, V>>> begin(
      Map<K, ? extends EntryOperation<V, ?>> operations, Worker worker) {
    List<K> order = new ArrayList<>(operations.keySet());
    List<byte[]> bytes = parts.encoded(order);
    return parts
        .store()
        .getAll(bytes)
        .thenApplyAsync(
            seen -> {
              List<Attempt<K, V>> attempts = new ArrayList<>(order.size());
              for (int i = 0; i < order.size(); i++) {
                K key = order.get(i);
                EntryOperation<V, ?> operation = requireNonNull(operations.get(key));
                attempts.add(
                    new Attempt<>(key, bytes.get(i), operation, expiry.forOneCall(), seen.get(i)));
              }
              return attempts;
            },
            worker);
  }

  private CompletionStage<?> writeAndCommit(
      List<Attempt<K, V>> attempts,
      Map<K, ? extends EntryOperation<V, ?>> operations,
      EventBatch<K, V> events,
      Worker worker) {
    if (writer == null) {
      return commitAll(attempts, events, worker);
    }
    WriteThrough.Result written = writer.applyAll(operations);
    attempts.removeIf(attempt -> written.failed().contains(attempt.key()));
    RuntimeException failure = written.failure();
    return commitAll(attempts, events, worker)
        .thenCompose(
            done ->
                failure == null
                    ? CompletableFuture.completedStage(done)
                    : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<?> commitAll(
      List<Attempt<K, V>> attempts, EventBatch<K, V> events, Worker worker) {
    AtomicInteger committed = new AtomicInteger();
    return Stages.forEach(
            attempts,
            attempt ->
                attempt
                    .commit(parts.store())
                    .thenComposeAsync(
                        made -> single.settle(attempt, made, events, worker, 1), worker)
                    .thenApply(done -> committed.incrementAndGet()))
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return done;
              }
              throw partial(failure, committed.get(), attempts.size());
            });
  }

  /** Says of a failure how much was done nevertheless. */
  private CompletionException partial(Throwable failure, int committed, int all) {
    Throwable cause = Stages.causeOf(failure);
    return committed > 0 && cause instanceof BackendException backend
        ? new CompletionException(
            new BackendException(
                "%d of %d keys were changed, not all: %s"
                    .formatted(committed, all, backend.getMessage()),
                backend,
                true))
        : new CompletionException(cause);
  }

  // ---- loads ----------------------------------------------------------------------------------

  CompletionStage<?> loadAll(Set<? extends K> wanted, boolean replacing, Worker worker) {
    ReadThrough<K, V> loader = parts.loader();
    if (loader == null) {
      return CompletableFuture.completedStage(null);
    }
    if (replacing) {
      return loadTogether(new LinkedHashSet<>(wanted), loader, true, loading(true), worker);
    }
    List<K> order = new ArrayList<>(wanted);
    return decodedAll(parts.encoded(order), worker)
        .thenComposeAsync(
            read -> {
              Set<K> absent = new LinkedHashSet<>();
              for (int i = 0; i < order.size(); i++) {
                if (read.get(i) == null) {
                  absent.add(order.get(i));
                }
              }
              return loadTogether(absent, loader, false, loading(false), worker);
            },
            worker);
  }

  private static <K, V> OperationOn<K, V> loading(boolean replacing) {
    return (key, source) -> new Load<>(key, source, replacing);
  }

  /**
   * Loads the values of keys with one call of the loader; those that another call in this JVM is
   * loading or changing are waited for, and loaded one by one if they are still missing then.
   */
  private CompletionStage<Map<K, V>> loadTogether(
      Set<K> wanted,
      ReadThrough<K, V> source,
      boolean replacing,
      OperationOn<K, V> operationOn,
      Worker worker) {
    Map<K, V> loaded = new HashMap<>();
    Map<K, EntryOperation<V, @Nullable V>> operations = new LinkedHashMap<>();
    locks
        .acquireFree(wanted, worker)
        .forEach(key -> operations.put(key, operationOn.apply(key, loaded::get)));
    Consumer<List<Attempt<K, V>>> load =
        attempts -> {
          Set<K> toLoad = replacing ? operations.keySet() : keysWithoutValue(attempts);
          if (!toLoad.isEmpty()) {
            loaded.putAll(source.loadAll(toLoad));
          }
        };
    CompletionStage<?> first =
        operations.isEmpty()
            ? CompletableFuture.completedStage(null)
            : runTogether(CompletableFuture.completedStage(null), operations, load, worker);
    return first.thenComposeAsync(
        done -> resultsOf(wanted, operations, source, operationOn, worker), worker);
  }

  private CompletionStage<Map<K, V>> resultsOf(
      Set<K> wanted,
      Map<K, EntryOperation<V, @Nullable V>> operations,
      ReadThrough<K, V> source,
      OperationOn<K, V> operationOn,
      Worker worker) {
    List<K> order = new ArrayList<>(wanted);
    return Stages.<K, @Nullable V>forEach(
            order,
            key -> {
              EntryOperation<V, @Nullable V> operation = operations.get(key);
              return operation == null
                  ? single.execute(key, operationOn.apply(key, source), worker)
                  : CompletableFuture.completedStage(operation.result());
            })
        .thenApply(
            all -> {
              Map<K, V> results = new HashMap<>();
              for (int i = 0; i < order.size(); i++) {
                V result = all.get(i);
                if (result != null) {
                  results.put(order.get(i), result);
                }
              }
              return results;
            });
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

  /** Makes the operation that loads a key from a source. */
  @FunctionalInterface
  private interface OperationOn<K, V>
      extends BiFunction<K, Function<K, @Nullable V>, EntryOperation<V, @Nullable V>> {}
}
