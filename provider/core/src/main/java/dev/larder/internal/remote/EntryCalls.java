package dev.larder.internal.remote;

import dev.larder.BackendException;
import dev.larder.internal.async.Versioned;
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
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls on one entry in a {@link RemoteStore}, in stages of which none waits.
 *
 * <p>Where one command does the job, it sends that one ({@link NativeCommands}). Everything else
 * reads, decides, and commits by compare-and-set, again and again until nobody came in between
 * ({@link Attempt}). What is decided is so atomic for all JVMs that share the store. Within this
 * JVM, calls that decide here take turns for a key ({@link KeyLocks}): user code then runs once for
 * each call unless another JVM or a plain command interferes, one load serves all who wait for it,
 * and events keep their order.
 */
final class EntryCalls<K, V> {
  /** A store on which this many attempts lose in a row does not do what it promises. */
  private static final int MAX_ATTEMPTS = 10_000;

  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedStage(true);
  private static final CompletionStage<Boolean> LOST = CompletableFuture.completedStage(false);

  private final RemoteParts<K, V> parts;
  private final Function<byte[], CompletionStage<@Nullable Stored>> reads;
  private final Values<V> values;
  private final ExpiryRules expiry;
  private final OutcomeRecorder<K, V> recorder;
  private final @Nullable ReadThrough<K, V> missLoader;
  private final @Nullable WriteThrough<K, V> writer;

  EntryCalls(RemoteParts<K, V> parts) {
    this(parts, key -> parts.store().get(key));
  }

  /**
   * Creates calls.
   *
   * @param reads reads values that no call is going to change
   */
  EntryCalls(RemoteParts<K, V> parts, Function<byte[], CompletionStage<@Nullable Stored>> reads) {
    this.parts = parts;
    this.reads = reads;
    this.values = parts.values();
    this.expiry = parts.expiry();
    this.recorder = parts.recorder();
    this.missLoader = parts.missLoader();
    this.writer = parts.writer();
  }

  // ---- reads ----------------------------------------------------------------------------------

  CompletionStage<@Nullable V> get(K key, Worker worker) {
    CompletionStage<@Nullable V> read = read(parts.keys().encode(key), worker);
    if (missLoader == null) {
      return read.thenApply(
          value -> {
            countRead(value);
            return value;
          });
    }
    return read.thenComposeAsync(
        value -> {
          if (value == null) {
            return execute(key, new Get<>(key, missLoader), worker);
          }
          countRead(value);
          return CompletableFuture.completedStage(value);
        },
        worker);
  }

  /** Says whether there is a value: bytes that are none do not count. */
  CompletionStage<Boolean> contains(K key, Worker worker) {
    byte[] bytes = parts.keys().encode(key);
    return values.readsAll()
        ? parts.store().contains(bytes)
        : look(bytes).thenApplyAsync(stored -> values.decode(bytes, stored) != null, worker);
  }

  /** Reads a value of which it only matters whether it is there: to look is not to use. */
  private CompletionStage<@Nullable Stored> look(byte[] key) {
    return parts.cacheStore().isBounded()
        ? parts.cacheStore().entries().get(key)
        : reads.apply(key);
  }

  private void countRead(@Nullable V value) {
    if (value == null) {
      recorder.misses(1);
    } else {
      recorder.hit();
    }
  }

  /** Reads a value and its version, and notes the access. */
  CompletionStage<@Nullable Versioned<V>> getVersioned(K key, Worker worker) {
    byte[] bytes = parts.keys().encode(key);
    return parts
        .store()
        .get(bytes)
        .thenComposeAsync(
            stored -> {
              V value = values.decode(bytes, stored);
              countRead(value);
              if (value == null || stored == null) {
                return CompletableFuture.completedStage(null);
              }
              // A touch may give the entry another number, but leaves its bytes.
              Stored version = expiry.watchesAccess() ? new Stored(stored.value(), 0) : stored;
              return touch(bytes, stored).thenApply(any -> new Versioned<>(value, version));
            },
            worker);
  }

  /** Reads a value, and notes the access. */
  CompletionStage<@Nullable V> read(byte[] key, Worker worker) {
    if (!expiry.watchesAccess()) {
      return reads.apply(key).thenApplyAsync(stored -> values.decode(key, stored), worker);
    }
    if (!expiry.runsUserCode()) {
      return parts
          .store()
          .getAndTouch(key, values.ttl(expiry.onAccess(Deadline.UNKNOWN)))
          .thenApplyAsync(stored -> values.decode(key, stored), worker);
    }
    return parts.store().get(key).thenComposeAsync(stored -> touchIfLive(key, stored), worker);
  }

  private CompletionStage<@Nullable V> touchIfLive(byte[] key, @Nullable Stored stored) {
    V value = values.decode(key, stored);
    if (value == null || stored == null) {
      return CompletableFuture.completedStage(null);
    }
    return touch(key, stored).thenApply(any -> value);
  }

  /** Sets the time to live that the policy gives to an entry that was seen. */
  CompletionStage<Boolean> touch(byte[] key, Stored seen) {
    if (!expiry.watchesAccess()) {
      return DONE;
    }
    long deadline = expiry.onAccess(Deadline.UNKNOWN);
    if (deadline == Deadline.UNKNOWN) {
      return DONE;
    }
    return deadline == Deadline.PAST
        ? parts.store().compareAndSet(key, seen, null, Ttl.NONE)
        : parts.store().touch(key, values.ttl(deadline));
  }

  // ---- changes --------------------------------------------------------------------------------

  @SuppressWarnings("NullAway") // R says itself whether the answer may be null
  <R extends @Nullable Object> CompletionStage<R> execute(
      K key, EntryOperation<V, R> operation, Worker worker) {
    byte[] bytes = parts.keys().encode(key);
    return change(key, bytes, operation, worker).thenApply(any -> operation.result());
  }

  private CompletionStage<Boolean> change(
      K key, byte[] bytes, EntryOperation<V, ?> operation, Worker worker) {
    parts.locks().checkNotMine(Set.of(key), worker);
    if (!parts.isNative(operation)) {
      return decideHere(key, bytes, operation, worker);
    }
    NativeCommands<V> commands = parts.commands();
    return commands
        .run(bytes, operation, worker)
        .thenCompose(
            any -> {
              if (commands.mustLook(operation)) {
                return decideHere(key, bytes, operation, worker);
              }
              recorder.count(operation);
              return DONE;
            });
  }

  private CompletionStage<Boolean> decideHere(
      K key, byte[] bytes, EntryOperation<V, ?> operation, Worker worker) {
    EventBatch<K, V> events = recorder.newBatch();
    ExpiryRules rules = expiry.forOneCall();
    CompletionStage<Boolean> made =
        parts
            .locks()
            .acquire(key, worker)
            .thenCompose(turn -> attempt(key, bytes, operation, rules, events, worker, 1))
            .whenComplete((done, failure) -> parts.locks().release(key, worker));
    return parts.delivering(events, made, worker);
  }

  /** Runs an operation on what was seen, unless that has changed since; says whether it did. */
  CompletionStage<Boolean> executeOn(
      K key, Stored seen, EntryOperation<V, ?> operation, Worker worker) {
    parts.locks().checkNotMine(Set.of(key), worker);
    EventBatch<K, V> events = recorder.newBatch();
    Attempt<K, V> attempt =
        new Attempt<>(key, parts.keys().encode(key), operation, expiry.forOneCall(), seen);
    CompletionStage<Boolean> made =
        parts
            .locks()
            .acquire(key, worker)
            .thenCompose(turn -> beforeWriter(attempt.keyBytes(), seen))
            .thenComposeAsync(same -> same ? commitOnce(attempt) : LOST, worker)
            .thenApplyAsync(
                done -> {
                  if (done) {
                    recorder.record(key, operation, events);
                  } else {
                    recorder.misses(1);
                  }
                  return done;
                },
                worker)
            .whenComplete((done, failure) -> parts.locks().release(key, worker));
    return parts.delivering(events, made, worker);
  }

  /** Says whether a writer may hear of a change: not if what was seen has already changed. */
  private CompletionStage<Boolean> beforeWriter(byte[] key, Stored seen) {
    return writer == null
        ? DONE
        : parts
            .store()
            .get(key)
            .thenApply(now -> now != null && Arrays.equals(now.value(), seen.value()));
  }

  private CompletionStage<Boolean> commitOnce(Attempt<K, V> attempt) {
    attempt.decide(values);
    if (writer != null) {
      writer.apply(attempt.key(), attempt.operation());
    }
    return attempt.commit(parts.store());
  }

  private CompletionStage<Boolean> attempt(
      K key,
      byte[] bytes,
      EntryOperation<V, ?> operation,
      ExpiryRules rules,
      EventBatch<K, V> events,
      Worker worker,
      int number) {
    return parts
        .store()
        .get(bytes)
        .thenComposeAsync(
            seen ->
                commit(new Attempt<>(key, bytes, operation, rules, seen), events, worker, number),
            worker);
  }

  /**
   * Decides on what an attempt read, writes it through and commits it; where it comes too late,
   * reads and tries again.
   *
   * @param number how many attempts this makes
   */
  private CompletionStage<Boolean> commit(
      Attempt<K, V> attempt, EventBatch<K, V> events, Worker worker, int number) {
    return commitOnce(attempt)
        .thenComposeAsync(made -> settle(attempt, made, events, worker, number), worker);
  }

  /** Records a change that was made, or tries again. */
  CompletionStage<Boolean> settle(
      Attempt<K, V> attempt, boolean made, EventBatch<K, V> events, Worker worker, int number) {
    if (made) {
      if (attempt.isTold()) {
        recorder.record(attempt.key(), attempt.operation(), events);
      } else {
        recorder.count(attempt.operation());
      }
      return DONE;
    }
    if (number >= MAX_ATTEMPTS) {
      throw new BackendException(
          "key %s changed %d times while one change of it was tried; nothing was changed"
              .formatted(attempt.key(), number),
          null,
          false);
    }
    return parts
        .store()
        .get(attempt.keyBytes())
        .thenComposeAsync(seen -> commit(attempt.again(seen), events, worker, number + 1), worker);
  }
}
