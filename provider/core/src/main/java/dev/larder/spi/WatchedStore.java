package dev.larder.spi;

import dev.larder.BackendException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to another store, and hears what becomes of which entry: for order that is
 * kept beside the entries, by second commands or by the client itself.
 *
 * <p>What is heard follows what the other store did; clients that change one entry at a time may be
 * heard in another order than they were served.
 */
public abstract class WatchedStore implements RemoteStore {
  private static final CompletionStage<@Nullable Void> DONE =
      CompletableFuture.completedStage(null);

  private final RemoteStore entries;

  /** Watches over a store. */
  protected WatchedStore(RemoteStore entries) {
    this.entries = entries;
  }

  /** Returns the store that everything is passed on to. */
  protected final RemoteStore entries() {
    return entries;
  }

  // ---- what is heard --------------------------------------------------------------------------

  /**
   * Hears that entries are about to be stored, which begins when the returned stage is done; it
   * does not fail.
   */
  protected CompletionStage<@Nullable Void> toBeStored(List<byte[]> keys) {
    return DONE;
  }

  /**
   * Hears that entries were stored, be they new or not; the call that stored them is done when the
   * returned stage is, which does not fail.
   */
  protected abstract CompletionStage<@Nullable Void> stored(
      List<byte[]> keys, long ttlNew, long ttlOld);

  /** Hears that entries may have been stored, by a call that failed. */
  protected abstract void perhapsStored(List<byte[]> keys, long ttlNew, long ttlOld);

  /** Hears that an entry was read or replaced, and has some time to live from now on. */
  protected abstract void used(byte[] key, long ttl);

  /** Hears that there is no such entry any more, or never was. */
  protected abstract void gone(List<byte[]> keys);

  /** Hears that no entry is left. */
  protected abstract void cleared();

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public final CompletionStage<@Nullable Stored> get(byte[] key) {
    return entries.get(key).thenApply(found -> seen(key, found, Ttl.KEEP));
  }

  @Override
  public final CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl) {
    return entries.getAndTouch(key, ttl).thenApply(found -> seen(key, found, ttl));
  }

  @Override
  public final CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys) {
    return entries
        .getAll(keys)
        .thenApply(
            all -> {
              for (int i = 0; i < all.size(); i++) {
                var unused = seen(keys.get(i), all.get(i), Ttl.KEEP);
              }
              return all;
            });
  }

  @Override
  public final int coalesced() {
    return entries.coalesced();
  }

  @Override
  public final CompletionStage<Boolean> contains(byte[] key) {
    return entries.contains(key);
  }

  @Override
  public final CompletionStage<Boolean> touch(byte[] key, long ttl) {
    return entries.touch(key, ttl).thenApply(found -> isUsed(key, found, ttl));
  }

  private @Nullable Stored seen(byte[] key, @Nullable Stored found, long ttl) {
    var unused = isUsed(key, found != null, ttl);
    return found;
  }

  private boolean isUsed(byte[] key, boolean found, long ttl) {
    if (found && ttl != Ttl.NONE) {
      used(key, ttl);
    } else {
      gone(List.of(key));
    }
    return found;
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  public final CompletionStage<@Nullable Void> put(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    List<byte[]> keys = List.of(key);
    return storing(keys, ttlNew, ttlOld, () -> entries.put(key, value, ttlNew, ttlOld))
        .thenCompose(done -> stored(keys, ttlNew, ttlOld));
  }

  @Override
  public final CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld) {
    List<byte[]> keys = items.stream().map(Item::key).toList();
    return storing(keys, ttlNew, ttlOld, () -> entries.putAll(items, ttlNew, ttlOld))
        .thenCompose(done -> stored(keys, ttlNew, ttlOld));
  }

  @Override
  public final CompletionStage<@Nullable Stored> getAndPut(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    List<byte[]> keys = List.of(key);
    return storing(keys, ttlNew, ttlOld, () -> entries.getAndPut(key, value, ttlNew, ttlOld))
        .thenCompose(old -> stored(keys, ttlNew, ttlOld).thenApply(done -> old));
  }

  @Override
  public final CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl) {
    List<byte[]> keys = List.of(key);
    return storing(keys, ttl, ttl, () -> entries.putIfAbsent(key, value, ttl))
        .thenCompose(did -> (did ? stored(keys, ttl, ttl) : DONE).thenApply(done -> did));
  }

  @Override
  public final CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl) {
    return entries.replace(key, value, ttl).thenApply(did -> isUsed(key, did, ttl));
  }

  @Override
  public final CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl) {
    return entries.getAndReplace(key, value, ttl).thenApply(old -> seen(key, old, ttl));
  }

  @Override
  public final CompletionStage<Boolean> remove(byte[] key) {
    return entries.remove(key).thenApply(did -> isUsed(key, did, Ttl.NONE));
  }

  @Override
  public final CompletionStage<@Nullable Stored> getAndRemove(byte[] key) {
    return entries.getAndRemove(key).thenApply(old -> seen(key, old, Ttl.NONE));
  }

  @Override
  public final CompletionStage<Long> removeAll(List<byte[]> keys) {
    return entries
        .removeAll(keys)
        .thenApply(
            count -> {
              gone(keys);
              return count;
            });
  }

  @Override
  public final CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl) {
    return entries
        .compareAndSet(key, expected, value, ttl)
        .thenApply(did -> did && isUsed(key, true, value == null ? Ttl.NONE : ttl));
  }

  private <T extends @Nullable Object> CompletionStage<T> storing(
      List<byte[]> keys, long ttlNew, long ttlOld, Supplier<CompletionStage<T>> call) {
    return toBeStored(keys)
        .thenCompose(ready -> call.get())
        .whenComplete(
            (result, failure) -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof BackendException e && e.isOutcomeUnknown()) {
                perhapsStored(keys, ttlNew, ttlOld);
              }
            });
  }

  // ---- the whole cache ------------------------------------------------------------------------

  @Override
  public final CompletionStage<Page> scan(byte[] prefix, @Nullable String cursor) {
    return entries.scan(prefix, cursor);
  }

  @Override
  public final CompletionStage<@Nullable Void> clear(byte[] prefix) {
    return entries
        .clear(prefix)
        .thenApply(
            done -> {
              cleared();
              return null;
            });
  }

  @Override
  public final CompletionStage<@Nullable Object> raw(String command, List<byte[]> arguments) {
    return entries.raw(command, arguments);
  }

  @Override
  public final <T> @Nullable T unwrap(Class<T> type) {
    return entries.unwrap(type);
  }
}
