package dev.larder.internal.async;

import dev.larder.spi.Serializer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose callers do not wait; what {@code unwrap(NativeCache.class)} of a Larder cache
 * returns.
 *
 * <p>Operations mean what those of {@link javax.cache.Cache} mean, and work on the same entries. A
 * time to live, where one is given, takes the place of the cache's expiry policy; {@link
 * Duration#ETERNAL} is for ever and {@link Duration#ZERO} stores nothing.
 *
 * <p>What is wrong with the arguments, and a closed cache, is thrown at once, as a {@link
 * NullPointerException}, a {@link ClassCastException} or an {@link IllegalStateException};
 * everything else fails the stage. A stage completes on the caller's thread if it can be completed
 * at once, else on a thread of the manager's. Cancelling it has no effect on the operation. The
 * order of operations that are under way at the same time is not defined.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface NativeCache<K, V> {

  /** Reads a value, or {@code null}. */
  CompletionStage<@Nullable V> get(K key);

  /** Reads the values of those keys that have one. */
  CompletionStage<Map<K, V>> getAll(Set<? extends K> keys);

  /** Says whether a key has a value. */
  CompletionStage<Boolean> containsKey(K key);

  /** Stores a value. */
  CompletionStage<@Nullable Void> put(K key, V value, @Nullable Duration timeToLive);

  /** Stores a value, which lives as long as a new one, whatever was there. */
  CompletionStage<@Nullable Void> set(K key, V value);

  /** Stores values as {@link #set} does. */
  CompletionStage<@Nullable Void> setAll(Map<? extends K, ? extends V> map);

  /** Stores a value, and returns the one that it replaced, or {@code null}. */
  CompletionStage<@Nullable V> getAndPut(K key, V value, @Nullable Duration timeToLive);

  /** Stores values. */
  CompletionStage<@Nullable Void> putAll(
      Map<? extends K, ? extends V> map, @Nullable Duration timeToLive);

  /** Stores a value where there is none; says whether it did. */
  CompletionStage<Boolean> putIfAbsent(K key, V value, @Nullable Duration timeToLive);

  /** Stores a value in place of another; says whether it did. */
  CompletionStage<Boolean> replace(K key, V value, @Nullable Duration timeToLive);

  /** Stores a value in place of a certain other; says whether it did. */
  CompletionStage<Boolean> replace(K key, V oldValue, V newValue, @Nullable Duration timeToLive);

  /** Reads a value and its version, or {@code null}; loads nothing. */
  CompletionStage<@Nullable Versioned<V>> getVersioned(K key);

  /**
   * Stores a value in place of one that was read, unless another has been stored since; says
   * whether it did.
   *
   * @param version of the value that was read
   */
  CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive);

  /** Stores a value in place of another, which it returns, or {@code null} if there is none. */
  CompletionStage<@Nullable V> getAndReplace(K key, V value, @Nullable Duration timeToLive);

  /** Removes a value; says whether there was one. */
  CompletionStage<Boolean> remove(K key);

  /** Removes a certain value; says whether it was there. */
  CompletionStage<Boolean> remove(K key, V oldValue);

  /** Removes a value, which it returns, or {@code null} if there is none. */
  CompletionStage<@Nullable V> getAndRemove(K key);

  /** Removes values. */
  CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys);

  /** Removes all values. */
  CompletionStage<@Nullable Void> removeAll();

  /** Drops all values, unseen by listeners and writers. */
  CompletionStage<@Nullable Void> clear();

  /** Loads values by the cache's loader. */
  CompletionStage<@Nullable Void> loadAll(Set<? extends K> keys, boolean replaceExistingValues);

  /** Runs a processor on an entry, and returns its answer. */
  <T extends @Nullable Object> CompletionStage<T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments);

  /**
   * Runs a processor that calls nobody, loads nothing and may run several times; returns its
   * answer.
   */
  <T extends @Nullable Object> CompletionStage<T> compute(K key, EntryProcessor<K, V, T> processor);

  /** Runs a processor on several entries; the results say what each answered or threw. */
  <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments);

  /** Sets how long a value goes on to live; says whether there is one. */
  CompletionStage<Boolean> expire(K key, Duration timeToLive);

  /**
   * Executes a command of the backend's own, by name. What goes to a server goes as bytes: those of
   * a {@code byte[]}, else the UTF-8 of the argument's text. In memory the commands are methods of
   * {@link java.util.concurrent.ConcurrentMap}, and the arguments keys and values of the cache's
   * types.
   *
   * <p>The stage fails with an {@link IllegalArgumentException} where Larder knows the commands,
   * and this is none of them or takes other arguments.
   *
   * @return from a server {@code null}, a {@code Long}, a {@code byte[]}, a {@code String} (a
   *     status) or a list of such; in memory what the map's method returns, collections as
   *     unmodifiable snapshots
   */
  CompletionStage<@Nullable Object> raw(String command, List<Object> arguments);

  /**
   * Returns the entries that the cache of this name has in a manager with another namespace, with
   * all else as it is here; closed with this cache.
   *
   * @param namespace stands before the keys; empty for none
   * @throws UnsupportedOperationException if there is no server
   */
  NativeCache<K, V> withNamespace(String namespace);

  /**
   * Returns the same entries, with values in another form. Where there is no server, values have no
   * form, and the same cache is returned.
   */
  NativeCache<K, V> withSerializer(Serializer<V> serializer);

  /**
   * Returns the bytes that stand for a key on the backend's server, the cache's name included.
   *
   * @throws UnsupportedOperationException if the cache is in memory
   */
  byte[] storedKey(K key);
}
