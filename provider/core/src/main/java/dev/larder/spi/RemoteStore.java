package dev.larder.spi;

import dev.larder.Eviction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes behind a wire: all that a remote backend has to offer. One store serves all caches of a
 * manager; keys arrive complete, with the cache's name in front.
 *
 * <p>No method blocks or calls user code. Each stage completes within the store's own time limit,
 * whatever the server does, on a thread of the store's choosing: Larder leaves that thread at once.
 * A stage fails with a {@link dev.larder.BackendException} that says whether the command may have
 * been executed. A command that was sent is never sent again. All methods may be called from any
 * thread, and arrays passed either way are not changed by either side.
 *
 * <p>Times to live are milliseconds, or one of {@link Ttl}'s values. What expires is gone for every
 * reader at that moment.
 */
public interface RemoteStore extends AutoCloseable {

  /** Returns the value of a key, or {@code null}. */
  CompletionStage<@Nullable Stored> get(byte[] key);

  /** Returns the value of a key, or {@code null}, and sets its time to live. */
  CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl);

  /** Returns the values of keys in their order, {@code null} for each key that has none. */
  CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys);

  /**
   * Returns how many reads that callers issue together are best made one {@link #getAll}; 1 where
   * that gains nothing over a {@link #get} for each, or lets one key's failure be that of others.
   */
  default int coalesced() {
    return 1;
  }

  /** Says whether a key has a value. */
  CompletionStage<Boolean> contains(byte[] key);

  /**
   * Stores a value, with one time to live where there was none and another where there was. Of
   * {@link Ttl#FOREVER} and {@link Ttl#KEEP}, as a cache in which nothing expires has them, a store
   * that would have to look first may make {@code FOREVER} of both.
   */
  CompletionStage<@Nullable Void> put(byte[] key, byte[] value, long ttlNew, long ttlOld);

  /** Stores values as {@link #put} does; each by itself, not all or nothing. */
  CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld);

  /** Stores a value as {@link #put} does, and returns the one that it replaced, or {@code null}. */
  CompletionStage<@Nullable Stored> getAndPut(byte[] key, byte[] value, long ttlNew, long ttlOld);

  /** Stores a value where there is none; returns whether it did. */
  CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl);

  /** Stores a value in place of another; returns whether it did. */
  CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl);

  /** Stores a value in place of another, which it returns, or {@code null} if there is none. */
  CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl);

  /** Removes a value; returns whether there was one. */
  CompletionStage<Boolean> remove(byte[] key);

  /** Removes a value, which it returns, or {@code null} if there is none. */
  CompletionStage<@Nullable Stored> getAndRemove(byte[] key);

  /** Removes values; returns how many there were. */
  CompletionStage<Long> removeAll(List<byte[]> keys);

  /**
   * Stores a value, or removes the present one if given {@code null}, provided that the present one
   * still is the expected one; returns whether it was.
   */
  CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl);

  /** Sets the time to live of a value; returns whether there is one. */
  CompletionStage<Boolean> touch(byte[] key, long ttl);

  /**
   * Returns some of the keys that begin with a prefix. The stage fails with an {@link
   * UnsupportedOperationException} where the server lists no keys; so does that of {@link #clear}.
   *
   * @param cursor where to go on: {@code null} to begin, else from the page before
   */
  CompletionStage<Page> scan(byte[] prefix, @Nullable String cursor);

  /** Removes all values whose key begins with a prefix, and no other. */
  CompletionStage<@Nullable Void> clear(byte[] prefix);

  /**
   * Returns this store as a bounded cache sees it, whose order of eviction the server keeps; or
   * {@code null} where it does not, at least not for this policy, and each client keeps an order of
   * its own. Nothing is sent before {@link BoundedStore#change} sets the bound.
   *
   * @param prefix what all keys of the cache begin with
   * @param policy the policy with which the cache begins
   * @param evictions gets the number of entries that a call of this client evicted, if it is not 0
   */
  default @Nullable BoundedStore bounded(byte[] prefix, Eviction policy, LongConsumer evictions) {
    return null;
  }

  /**
   * Has the server execute any command of its protocol, by name.
   *
   * @return {@code null}, a {@code Long}, a {@code byte[]}, a {@code String} (a status) or a list
   *     of such
   */
  default CompletionStage<@Nullable Object> raw(String command, List<byte[]> arguments) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException(
            "this store executes no commands by name, so not " + command));
  }

  /** Returns the driver's object of a type, or {@code null} if there is none. */
  default <T> @Nullable T unwrap(Class<T> type) {
    return null;
  }

  /** Returns figures of the connections, for monitoring; zeros if the store has none. */
  default Figures figures() {
    return Figures.NONE;
  }

  /** Closes the connections; what is under way fails, and everything from now on does. */
  @Override
  void close();

  /**
   * Figures of a store's connections.
   *
   * @param inFlight how many commands are on their way now
   * @param connectionsLost how often a connection has ended since the store was opened
   */
  record Figures(long inFlight, long connectionsLost) {
    /** The figures of a store that has no connections. */
    public static final Figures NONE = new Figures(0, 0);
  }

  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Item(byte[] key, byte[] value) {}

  /**
   * A part of the keys.
   *
   * @param keys the keys; one may appear on several pages
   * @param cursor leads to the next page, {@code null} on the last
   */
  record Page(List<byte[]> keys, @Nullable String cursor) {}
}
