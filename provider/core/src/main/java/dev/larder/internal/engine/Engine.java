package dev.larder.internal.engine;

import dev.larder.LarderConfiguration;
import dev.larder.internal.operation.EntryOperation;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations, each atomically for its key: read, decide, write through, commit, record.
 *
 * <p>Values cross this interface as they are stored: the caller copies them where the cache stores
 * by value. All methods may be called from any thread.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Engine<K, V> extends AutoCloseable {

  /** Runs one operation and returns its answer. */
  <R extends @Nullable Object> R execute(K key, EntryOperation<V, R> operation);

  /**
   * Runs several operations. The cache writer, if there is one, gets all of their changes in one
   * call; those that it fails to write are not committed.
   */
  void executeAll(Map<K, ? extends EntryOperation<V, ?>> operations);

  /** Returns the value of a key, read through on a miss, or {@code null}; counts as a get. */
  @Nullable V get(K key);

  /**
   * Returns the value of a key as {@link #get} does, but without counting; {@code null} if that
   * takes more than a look, so that {@code get} must tell.
   */
  default @Nullable V peek(K key) {
    return null;
  }

  /** Returns the values of those keys that have one, read through with one call of the loader. */
  Map<K, V> getAll(Set<? extends K> keys);

  /** Says whether a key has a value; counts as nothing and loads nothing. */
  boolean contains(K key);

  /** Loads the values of keys with one call of the loader where no other thread is in the way. */
  void loadAll(Set<? extends K> keys, boolean replacing);

  /** Iterates over the live entries, weakly consistent; each {@code next} counts as a get. */
  Iterator<Cache.Entry<K, V>> iterator();

  /** Removes all entries, as users remove them. */
  void removeAll();

  /** Drops all entries without statistics, events or calls of the writer. */
  void clear();

  /**
   * Changes the bound of the number or the weight of entries, and the eviction policy; entries that
   * fit stay.
   *
   * @throws UnsupportedOperationException if the engine cannot do so
   */
  default void changeBound(LarderConfiguration<K, V> from, LarderConfiguration<K, V> to) {
    throw new UnsupportedOperationException(
        "the caches of this backend have no bound that could change");
  }

  /** Returns what does the same without making the caller wait. */
  AsyncEngine<K, V> async();

  /** Releases what the engine holds; entries that are kept elsewhere stay there. */
  @Override
  void close();
}
