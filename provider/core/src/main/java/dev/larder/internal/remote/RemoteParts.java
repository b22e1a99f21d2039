package dev.larder.internal.remote;

import dev.larder.Undecodable;
import dev.larder.internal.concurrent.KeyLocks;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.engine.WriteThrough;
import dev.larder.internal.event.EventBatch;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Remove;
import dev.larder.spi.RemoteStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the calls on one remote cache share.
 *
 * @param expiry says how long entries have to live, by a clock that stands still
 * @param loader calls the cache loader, if there is one
 * @param missLoader calls the cache loader for gets that miss, if they are read through
 * @param writer calls the cache writer, if changes are written through
 */
record RemoteParts<K, V>(
    String cacheName,
    CacheStore<K> cacheStore,
    KeyCodec<K> keys,
    Values<V> values,
    ExpiryRules expiry,
    NativeCommands<V> commands,
    KeyLocks<K> locks,
    @Nullable ReadThrough<K, V> loader,
    @Nullable ReadThrough<K, V> missLoader,
    @Nullable WriteThrough<K, V> writer,
    OutcomeRecorder<K, V> recorder) {

  static <K, V> RemoteParts<K, V> of(
      EngineParts<K, V> parts,
      RemoteStore store,
      KeyCodec<K> keys,
      Codec<V> codec,
      Undecodable policy) {
    ExpiryRules expiry = parts.expiry().withoutClock();
    CacheStore<K> cacheStore = new CacheStore<>(parts, store, keys);
    Values<V> values =
        new Values<>(parts.cacheName(), keys, codec, policy, expiry, parts.recorder());
    return new RemoteParts<>(
        parts.cacheName(),
        cacheStore,
        keys,
        values,
        expiry,
        new NativeCommands<>(cacheStore, values, expiry),
        new KeyLocks<>(parts.cacheName()),
        parts.loader(),
        parts.missLoader(),
        parts.writer(),
        parts.recorder());
  }

  /** Returns what calls go to now; it changes when the cache is bounded otherwise. */
  RemoteStore store() {
    return cacheStore.get();
  }

  /** Says whether one command does an operation, and nobody needs to know more than it answers. */
  boolean isNative(EntryOperation<V, ?> operation) {
    boolean asksPolicy = operation.rules(expiry).runsUserCode() && !(operation instanceof Remove);
    return writer == null && !asksPolicy && !recorder.hasListeners() && commands.covers(operation);
  }

  List<byte[]> encoded(Collection<? extends K> some) {
    List<byte[]> bytes = new ArrayList<>(some.size());
    some.forEach(key -> bytes.add(keys.encode(key)));
    return bytes;
  }

  /** Delivers the events of a call when it is done, in whatever way; it holds no key by then. */
  <T extends @Nullable Object> CompletionStage<T> delivering(
      EventBatch<K, V> events, CompletionStage<T> call, Executor thread) {
    if (events.isSilent()) {
      return call;
    }
    return call.handleAsync(
        (result, failure) -> {
          if (failure == null) {
            events.deliver();
            return result;
          }
          Throwable cause = Stages.causeOf(failure);
          events.deliverDespite(cause);
          throw new CompletionException(cause);
        },
        thread);
  }
}
