package dev.larder.internal.remote;

import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
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
    return values.decode(seen) != null;
  }

  /** Runs the operation on what was read, and prepares what is to be committed. */
  void decide(Values<V> values) {
    operation.run(values.entry(seen), expiry);
    ttl = values.ttl(operation.deadline());
    V after = operation.after();
    valueBytes = after == null || ttl == Ttl.NONE ? null : values.encode(after);
  }

  /** Makes the change, unless another one came in between; says whether it was made. */
  CompletionStage<Boolean> commit(RemoteStore store) {
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
