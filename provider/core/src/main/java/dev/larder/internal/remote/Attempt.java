package dev.larder.internal.remote;

import dev.larder.internal.operation.Entry;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.Touch;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One operation between the read of its key and the commit of what it decided. */
final class Attempt<K, V> {
  private final K key;
  private final byte[] keyBytes;
  private final EntryOperation<V, ?> operation;
  private final ExpiryRules expiry;
  private final @Nullable Stored seen;
  private byte @Nullable [] valueBytes;

  /** Whether there are bytes, but no value. */
  private boolean unreadable;

  /** Whether the bytes stay, because a newer release may read what this one cannot. */
  private boolean kept;

  private long ttl;

  Attempt(
      K key,
      byte[] keyBytes,
      EntryOperation<V, ?> operation,
      ExpiryRules expiry,
      @Nullable Stored seen) {
    this.key = key;
    this.keyBytes = keyBytes;
    this.operation = operation;
    this.expiry = expiry;
    this.seen = seen;
  }

  /** Returns the next attempt, on what was read after this one came too late. */
  Attempt<K, V> again(@Nullable Stored nowSeen) {
    return new Attempt<>(key, keyBytes, operation, expiry, nowSeen);
  }

  K key() {
    return key;
  }

  byte[] keyBytes() {
    return keyBytes;
  }

  EntryOperation<V, ?> operation() {
    return operation;
  }

  /** Says whether a value was read. */
  boolean findsValue(Values<V> values) {
    return values.decode(keyBytes, seen) != null;
  }

  /** Runs the operation on what was read, and prepares what is to be committed. */
  void decide(Values<V> values) {
    Entry<V> live =
        operation.asksForValue() ? values.entry(keyBytes, seen) : values.entryIfReadable(seen);
    unreadable = live == null && seen != null;
    operation.run(unreadable && countsAsPresent(values) ? RemoteEntry.present() : live, expiry);
    kept = unreadable && operation.fillsGap() && values.isNewer(seen);
    ttl = values.ttl(operation.deadline());
    V after = operation.after();
    valueBytes = after == null || ttl == Ttl.NONE ? null : values.encode(after);
  }

  /**
   * Says whether an operation takes bytes that are no value for an entry: one that removes or
   * touches whatever is there, and one that must not take the place of a newer release's value.
   */
  private boolean countsAsPresent(Values<V> values) {
    return operation instanceof PutIfAbsent
        ? values.isNewer(seen)
        : operation instanceof Touch || (operation instanceof Remove && !operation.asksForValue());
  }

  private boolean removesUnreadable() {
    return unreadable && operation.deletesThrough();
  }

  /** Says whether listeners hear of the change; without a value there is nothing to tell them. */
  boolean isTold() {
    return !kept && !removesUnreadable();
  }

  /** Makes the change, unless another one came in between; says whether it was made. */
  CompletionStage<Boolean> commit(RemoteStore store) {
    if (kept) {
      return CompletableFuture.completedFuture(true);
    }
    if (removesUnreadable()) {
      return replaceSeen(store);
    }
    return switch (operation.change()) {
      case NONE -> CompletableFuture.completedFuture(true);
      case TOUCH ->
          ttl == Ttl.NONE ? replaceSeen(store) : store.touch(keyBytes, ttl).thenApply(any -> true);
      case CREATE, UPDATE, LOAD, REMOVE, DISCARD -> replaceSeen(store);
    };
  }

  private CompletionStage<Boolean> replaceSeen(RemoteStore store) {
    byte[] bytes = valueBytes;
    if (seen != null) {
      return store.compareAndSet(keyBytes, seen, bytes, bytes == null ? Ttl.NONE : ttl);
    }
    return bytes == null
        ? CompletableFuture.completedFuture(true)
        : store.putIfAbsent(keyBytes, bytes, ttl);
  }
}
