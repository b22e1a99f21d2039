package dev.larder.internal.remote;

import static java.util.Objects.requireNonNull;

import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Need;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.operation.Touch;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Operations that a single command does, where nobody needs to know more than it answers: no
 * writer, no listener, no expiry policy of the user's.
 *
 * <p>The store decides and acts at once. Its answer says what it found, and the operation is then
 * run on that to learn what it did.
 */
final class NativeCommands<V> {
  private final CacheStore<?> cacheStore;
  private final Values<V> values;
  private final ExpiryRules expiry;

  NativeCommands(CacheStore<?> cacheStore, Values<V> values, ExpiryRules expiry) {
    this.cacheStore = cacheStore;
    this.values = values;
    this.expiry = expiry;
  }

  /** Says whether one command does the operation. */
  boolean covers(EntryOperation<V, ?> operation) {
    if (mustReadFirst(operation)) {
      return false;
    }
    if (operation instanceof Remove) {
      return true;
    }
    ExpiryRules rules = operation.rules(expiry);
    return (operation instanceof Put
            || operation instanceof PutIfAbsent
            || operation instanceof Replace
            || operation instanceof Touch)
        && rules.onCreation() != Deadline.PAST
        && rules.onUpdate(Deadline.UNKNOWN) != Deadline.PAST;
  }

  /** Says whether bytes that are no value would be changed before anybody could see them. */
  private boolean mustReadFirst(EntryOperation<V, ?> operation) {
    return !values.readsAll()
        && (operation instanceof Replace || (values.mayFail() && operation.need() == Need.ENTRY));
  }

  /** Says whether what an operation found, and left alone, may be no value. */
  boolean mustLook(EntryOperation<V, ?> operation) {
    return operation instanceof PutIfAbsent<?> put && !put.result() && !values.readsAll();
  }

  /** Sends the command, and runs the operation on what it found. */
  CompletionStage<?> run(byte[] key, EntryOperation<V, ?> operation, Executor thread) {
    if (operation.need() == Need.ENTRY) {
      return swap(key, operation)
          .thenAcceptAsync(found -> operation.run(values.entry(key, found), expiry), thread);
    }
    return change(key, operation)
        .thenAcceptAsync(
            existed -> operation.run(existed ? RemoteEntry.present() : null, expiry), thread);
  }

  private CompletionStage<@Nullable Stored> swap(byte[] key, EntryOperation<V, ?> operation) {
    RemoteStore store = cacheStore.get();
    if (operation instanceof Put) {
      return store.getAndPut(key, offered(operation), ttlNew(operation), ttlOld(operation));
    }
    if (operation instanceof Replace) {
      return store.getAndReplace(key, offered(operation), ttlOld(operation));
    }
    return store.getAndRemove(key);
  }

  /** Sends a command that answers whether the key had a value. */
  private CompletionStage<Boolean> change(byte[] key, EntryOperation<V, ?> operation) {
    RemoteStore store = cacheStore.get();
    if (operation instanceof Put) {
      return store
          .put(key, offered(operation), ttlNew(operation), ttlOld(operation))
          .thenApply(done -> false);
    }
    if (operation instanceof PutIfAbsent) {
      return store.putIfAbsent(key, offered(operation), ttlNew(operation)).thenApply(did -> !did);
    }
    if (operation instanceof Replace) {
      return store.replace(key, offered(operation), ttlOld(operation));
    }
    return operation instanceof Touch ? store.touch(key, ttlNew(operation)) : store.remove(key);
  }

  private byte[] offered(EntryOperation<V, ?> operation) {
    return values.encode(requireNonNull(operation.offered()));
  }

  private long ttlNew(EntryOperation<V, ?> operation) {
    return values.ttl(operation.rules(expiry).onCreation());
  }

  private long ttlOld(EntryOperation<V, ?> operation) {
    return values.ttl(operation.rules(expiry).onUpdate(Deadline.UNKNOWN));
  }
}
