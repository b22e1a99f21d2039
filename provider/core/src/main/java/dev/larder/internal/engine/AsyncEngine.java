package dev.larder.internal.engine;

import dev.larder.internal.async.Versioned;
import dev.larder.internal.operation.EntryOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does what an {@link Engine} does, on the same entries, without making the caller wait.
 *
 * <p>No method throws: what goes wrong fails the stage. A stage depends on nothing that is done
 * with another one; cancelling it has no effect on the call. Stages complete on the caller's thread
 * if they can be completed at once, else on a thread of the manager's, never on a driver's.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface AsyncEngine<K, V> {

  /** Runs one operation. */
  <R extends @Nullable Object> CompletionStage<R> execute(K key, EntryOperation<V, R> operation);

  /** Runs several operations, as {@link Engine#executeAll} does. */
  CompletionStage<?> executeAll(Map<K, ? extends EntryOperation<V, ?>> operations);

  /** Reads a value, through on a miss; counts as a get. */
  CompletionStage<@Nullable V> get(K key);

  /** Reads the values of those keys that have one, through with one call of the loader. */
  CompletionStage<Map<K, V>> getAll(Set<? extends K> keys);

  /** Reads a value and its version; counts as a get, and loads nothing. */
  CompletionStage<@Nullable Versioned<V>> getVersioned(K key);

  /** Stores a value in place of the one with a version; says whether that was still there. */
  CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive);

  /** Says whether a key has a value; counts as nothing and loads nothing. */
  CompletionStage<Boolean> contains(K key);

  /** Loads the values of keys. */
  CompletionStage<?> loadAll(Set<? extends K> keys, boolean replacing);

  /** Removes all entries, as users remove them. */
  CompletionStage<?> removeAll();

  /** Drops all entries without statistics, events or calls of the writer. */
  CompletionStage<?> clear();

  /**
   * Executes a command of the backend's own: a server does, with the arguments as bytes; where the
   * entries are at hand, a function on them.
   *
   * @param atHand executes the command in the latter case
   */
  CompletionStage<@Nullable Object> raw(
      String command,
      List<Object> arguments,
      Function<ImmediateEngine.Local<K, V>, CompletionStage<@Nullable Object>> atHand);

  /**
   * Returns the bytes that stand for a key on the backend's server.
   *
   * @throws UnsupportedOperationException if there is no server
   */
  byte[] storedKey(K key);
}
