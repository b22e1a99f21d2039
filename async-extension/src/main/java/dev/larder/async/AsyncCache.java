package dev.larder.async;

import static java.util.Objects.requireNonNull;

import dev.larder.spi.Serializer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A JCache cache whose operations return at once, with a stage for the result.
 *
 * <p>It works on the cache of any JCache provider, and an operation does what the operation of that
 * name does in {@link Cache}; those that {@code Cache} does not have are commands that other
 * caching libraries have. It is safe for any thread, keeps nothing alive and needs no closing: once
 * the cache is closed, every operation fails as the cache's own does.
 *
 * <p><b>Larder's caches</b> need no threads for it: in memory an operation is done when its method
 * returns, unless it calls code of the user's or such code works on its key; on a server a command
 * is on its way. On the cache of another provider each call runs on {@linkplain Settings#executor
 * an executor}; what JCache has no word for (times to live for one entry, {@link #expire}, {@link
 * #raw}) fails there with an {@link UnsupportedOperationException}.
 *
 * <p><b>Order.</b> On a Larder cache, calls that are under way at the same time take effect in any
 * order: let one depend on the stage of the other where it matters. On the cache of another
 * provider, calls that concern the same key take effect in the order in which they were made, reads
 * of one key side by side; a call on several keys has its place in the order of each, {@link
 * #clear} and {@link #removeAll()} in that of all keys. A call that waits for its turn occupies no
 * thread. This holds within one {@code AsyncCache}; others, and direct users of the cache, come in
 * between.
 *
 * <p><b>Bound.</b> As many calls as {@link Settings#maxInFlight} may be under way or wait for their
 * turn. The stage of one more fails at once, with a {@link
 * java.util.concurrent.RejectedExecutionException}, and nothing is done. Threads that call at the
 * same moment may be one call each above it.
 *
 * <p><b>Time to live.</b> Methods without one follow the cache's expiry policy. A time to live
 * takes the policy's place for what one call stores; {@link #FOREVER} is for entries that never
 * expire.
 *
 * <p><b>Failures.</b> Null where JCache forbids it is a {@link NullPointerException}, and a time to
 * live that is not positive an {@link IllegalArgumentException}, thrown at once. Everything else
 * fails the stage, with the exception that the cache throws: {@link IllegalStateException} if it is
 * closed, {@link ClassCastException} if a type is wrong, {@link javax.cache.CacheException} for
 * most others. A call that fails does not hold up those after it.
 *
 * <p><b>Stages.</b> Each is the caller's own: to complete or cancel its future changes neither the
 * call nor anyone else's stage. What depends on it never runs on a driver's thread: it runs where
 * the call ended, or on the caller's thread if it is added late; it holds no lock and no place in
 * the order, so it may wait for further calls. Code that runs inside a call (a loader, a writer, an
 * entry processor, a synchronous listener) must not wait for a stage of the same {@code
 * AsyncCache}, which may be waiting for that very call.
 *
 * <p><b>Arguments.</b> Collections and argument arrays are copied by the call. Keys, values and
 * entry processors are not: leave them as they are until the stage is complete.
 *
 * <p>Methods will be added to this interface: it is for use, not for implementation.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface AsyncCache<K, V> {
  /** The time to live of an entry that never expires. */
  Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  /** Returns an asynchronous view of a cache, with the settings that fit most. */
  static <K, V> AsyncCache<K, V> of(Cache<K, V> cache) {
    return of(cache, Settings.builder().build());
  }

  /** Returns an asynchronous view of a cache that uses an executor of the application. */
  static <K, V> AsyncCache<K, V> of(Cache<K, V> cache, Executor executor) {
    return of(cache, Settings.builder().executor(executor).build());
  }

  /** Returns an asynchronous view of a cache. */
  static <K, V> AsyncCache<K, V> of(Cache<K, V> cache, Settings settings) {
    return AsyncFront.of(requireNonNull(cache, "cache"), requireNonNull(settings, "settings"));
  }

  // ---- commands that JCache does not have ------------------------------------------------------

  /** Gets a key's value, or a default if there is none; the default is not stored. */
  CompletionStage<@Nullable V> get(K key, @Nullable V defaultValue);

  /**
   * Gets the values of several keys, in their order, with null for each that has none. A key may be
   * there twice; no keys give no values.
   */
  CompletionStage<List<@Nullable V>> multiGet(Collection<? extends K> keys);

  /**
   * Sets a key's value, which lives as long as the cache's expiry policy gives a new entry, also
   * where it replaces one; {@link #put} follows the policy's rule for updates instead. On the cache
   * of another provider it is {@code put}.
   */
  CompletionStage<@Nullable Void> set(K key, @Nullable V value);

  /** Sets a key's value, with a time to live of its own. */
  CompletionStage<@Nullable Void> set(K key, @Nullable V value, Duration timeToLive);

  /** Sets the values of several keys, each as {@link #set} does; not atomic as a whole. */
  CompletionStage<@Nullable Void> multiSet(Map<? extends K, ? extends V> entries);

  /** Sets the values of several keys, with a time to live of their own; not atomic as a whole. */
  CompletionStage<@Nullable Void> multiSet(
      Map<? extends K, ? extends V> entries, Duration timeToLive);

  /** Sets a key's value, and fails with a {@link KeyExistsException} if it has one already. */
  CompletionStage<@Nullable Void> add(K key, @Nullable V value);

  /**
   * Sets a key's value, with a time to live of its own, and fails with a {@link KeyExistsException}
   * if it has one already.
   */
  CompletionStage<@Nullable Void> add(K key, @Nullable V value, Duration timeToLive);

  /** Says whether a key has a value. */
  CompletionStage<Boolean> exists(K key);

  /** Removes a key, and says how many entries that removed: 0 or 1. */
  CompletionStage<Integer> delete(K key);

  /** Adds 1 to a key's number; see {@link #increment(Object, long)}. */
  CompletionStage<Long> increment(K key);

  /**
   * Adds to a key's number, atomically, and gets the sum. A key without a value counts as 0.
   *
   * <p>Values may be {@code Long}, {@code Integer}, or text that is a whole number; of any other,
   * and of a sum that does not fit, the stage fails with a {@link javax.cache.CacheException}, and
   * nothing is changed.
   *
   * @param delta what to add; negative to subtract
   */
  CompletionStage<Long> increment(K key, long delta);

  /**
   * Gets a key's value and its version, or null if it has none; loads nothing.
   *
   * <pre>{@code
   * cache.gets(key).thenCompose(seen -> cache.cas(key, seen, changed(seen.value())));
   * }</pre>
   */
  CompletionStage<@Nullable VersionedValue<V>> gets(K key);

  /**
   * Sets a key's value if nobody has set or removed it since it was read, and says whether it did.
   * Nothing needs {@code equals}.
   *
   * <p>Versions are those of the backend: Memcached's numbers; on Redis the stored bytes; in memory
   * the very object. On the latter two, the same value put back in between is no change. On the
   * cache of another provider it is {@link #replace(Object, Object, Object)}, by {@code equals}.
   *
   * @param seen what {@link #gets} found under that key
   */
  CompletionStage<Boolean> cas(K key, VersionedValue<V> seen, @Nullable V value);

  /**
   * Gives a key's entry a new time to live, from now on, and says whether there is an entry.
   *
   * @param timeToLive positive, or {@link #FOREVER} for no expiry
   */
  CompletionStage<Boolean> expire(K key, Duration timeToLive);

  /**
   * Executes a command of the cache's backend, by its name in any case.
   *
   * <p><b>On a server</b> that is one of the server's own, such as {@code STRLEN} of Redis. Keys
   * are whole keys as the server has them; arguments are strings, numbers and byte arrays.
   *
   * <p><b>In memory</b> the cache is a map, and commands are methods of {@link
   * java.util.concurrent.ConcurrentMap}: {@code get}, {@code getOrDefault}, {@code containsKey},
   * {@code put}, {@code putIfAbsent}, {@code replace}, {@code remove}, {@code size}, {@code
   * isEmpty}, {@code keySet}, {@code values}, {@code entrySet} and {@code clear}. Keys and values
   * are those of the cache, of its types. What reads sees live entries only; it counts in no
   * statistics, renews no time to live and loads nothing. What writes is the cache's operation:
   * {@code put} is {@link #getAndPut}, so it has the cache's expiry, bound, listeners and writer.
   * Times to live and nulls of a view have no part in it.
   *
   * <p>A command that Memcached's driver or the map does not know, or that takes other arguments,
   * fails with an {@link IllegalArgumentException} that lists what there is; Redis judges its own.
   *
   * @param command its name
   * @param arguments none of them null
   * @return what the server answers: null, a {@code Long}, a {@code byte[]}, a {@code String} for a
   *     status, or a list of such; in memory what the map's method returns, an {@code Integer} for
   *     {@code size}, and unmodifiable snapshots: sets of keys and of entries, a list of values
   */
  CompletionStage<@Nullable Object> raw(String command, Object... arguments);

  /** Closes the cache itself, once it can; see {@link Cache#close}. */
  CompletionStage<@Nullable Void> close();

  // ---- views -----------------------------------------------------------------------------------

  /**
   * Returns a view that gives all that it stores a time to live, where the call does not. What
   * entry processors and loaders store follows the cache's expiry policy, and so does {@link
   * #increment}.
   *
   * @param timeToLive positive, or {@link #FOREVER} for no expiry
   */
  AsyncCache<K, V> withTimeToLive(Duration timeToLive);

  /**
   * Returns a view whose stages fail with a {@link java.util.concurrent.TimeoutException} if they
   * take longer. The call itself goes on, and may take effect later.
   *
   * @param timeout positive, or {@link #FOREVER} for none
   */
  AsyncCache<K, V> withTimeout(Duration timeout);

  /**
   * Returns a view in which null is a value: where null is set or added, it stores a stand-in, and
   * where it finds a value that equals the stand-in, it gives null. A key with null {@link
   * #exists}; {@link #get(Object, Object)} tells it from a miss.
   */
  AsyncCache<K, V> withNulls(V standIn);

  /**
   * Returns a view of the entries that the cache of this name has in another namespace: of those
   * that a manager with {@code ?namespace=…} in its URI sees. {@link #clear} empties that alone.
   * Loader, writer, listeners and statistics are those of this cache.
   *
   * @param namespace stands before the keys, in place of the manager's; empty for none
   * @throws UnsupportedOperationException if the cache is in memory, where a cache of another name
   *     does it, or another provider's
   */
  AsyncCache<K, V> withNamespace(String namespace);

  /**
   * Returns a view whose calls write and read values in another form. Entries in the form that the
   * cache itself reads and writes count as missing here, unless the serializer can read them.
   *
   * <p>In memory nothing has a form: the view does what the cache does.
   *
   * @throws UnsupportedOperationException if the cache is another provider's
   */
  AsyncCache<K, V> withSerializer(Serializer<V> serializer);

  // ---- operations of JCache --------------------------------------------------------------------

  /** Gets a key's value, or null if there is none; see {@link Cache#get}. */
  CompletionStage<@Nullable V> get(K key);

  /** Gets the values of those keys that have one; see {@link Cache#getAll}. */
  CompletionStage<Map<K, V>> getAll(Set<? extends K> keys);

  /** Says whether a key has a value; see {@link Cache#containsKey}. */
  CompletionStage<Boolean> containsKey(K key);

  /** Loads the values of keys, and is complete when they are there; see {@link Cache#loadAll}. */
  CompletionStage<@Nullable Void> loadAll(Set<? extends K> keys, boolean replaceExistingValues);

  /** Sets a key's value; see {@link Cache#put}. */
  CompletionStage<@Nullable Void> put(K key, V value);

  /** Sets a key's value and gets the one before, or null; see {@link Cache#getAndPut}. */
  CompletionStage<@Nullable V> getAndPut(K key, V value);

  /** Sets the values of several keys; see {@link Cache#putAll}. */
  CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map);

  /** Sets a key's value if it has none, and says whether it did; see {@link Cache#putIfAbsent}. */
  CompletionStage<Boolean> putIfAbsent(K key, V value);

  /** Removes a key and says whether it had a value; see {@link Cache#remove(Object)}. */
  CompletionStage<Boolean> remove(K key);

  /**
   * Removes a key if it has a certain value, and says whether it did; see {@link
   * Cache#remove(Object, Object)}.
   */
  CompletionStage<Boolean> remove(K key, V oldValue);

  /** Removes a key and gets the value it had, or null; see {@link Cache#getAndRemove}. */
  CompletionStage<@Nullable V> getAndRemove(K key);

  /**
   * Sets a key's value if it has a certain other, and says whether it did; see {@link
   * Cache#replace(Object, Object, Object)}.
   */
  CompletionStage<Boolean> replace(K key, V oldValue, V newValue);

  /**
   * Sets a key's value if it has one, and says whether it did; see {@link Cache#replace(Object,
   * Object)}.
   */
  CompletionStage<Boolean> replace(K key, V value);

  /**
   * Sets a key's value if it has one, and gets the one before, or null; see {@link
   * Cache#getAndReplace}.
   */
  CompletionStage<@Nullable V> getAndReplace(K key, V value);

  /** Removes several keys; see {@link Cache#removeAll(Set)}. */
  CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys);

  /** Removes all keys, and tells writer and listeners of each; see {@link Cache#removeAll()}. */
  CompletionStage<@Nullable Void> removeAll();

  /** Empties the cache, and tells no one; see {@link Cache#clear}. */
  CompletionStage<@Nullable Void> clear();

  /** Lets an entry processor work on a key's entry; see {@link Cache#invoke}. */
  <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments);

  /** Lets an entry processor work on each key's entry; see {@link Cache#invokeAll}. */
  <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments);

  /** Returns the cache itself. */
  Cache<K, V> cache();

  /**
   * Returns this or what is behind it as an instance of a type, as {@link Cache#unwrap} does.
   *
   * @throws IllegalArgumentException if neither this nor the cache can provide one
   */
  <T> T unwrap(Class<T> type);

  /** What an {@link AsyncCache} may use. Immutable. */
  final class Settings {
    private final Executor executor;
    private final int maxInFlight;
    private final List<CachePlugin> plugins;

    private Settings(Builder builder) {
      this.executor = builder.executor == null ? DefaultExecutor.instance() : builder.executor;
      this.maxInFlight = builder.maxInFlight;
      this.plugins = List.copyOf(builder.plugins);
    }

    /** Starts settings that fit most. */
    public static Builder builder() {
      return new Builder();
    }

    /** Returns the executor that calls another provider's cache. */
    public Executor executor() {
      return executor;
    }

    /** Returns the greatest number of calls that have begun and not ended. */
    public int maxInFlight() {
      return maxInFlight;
    }

    /** Returns the plugins, in the order in which they are called. */
    public List<CachePlugin> plugins() {
      return plugins;
    }

    /** Collects {@link Settings}. Not safe for use by several threads. */
    public static final class Builder {
      private static final int DEFAULT_MAX_IN_FLIGHT = 1_024;

      private @Nullable Executor executor;
      private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
      private final List<CachePlugin> plugins = new ArrayList<>();

      private Builder() {}

      /**
       * Sets the executor that calls another provider's cache; it must run each task or refuse it
       * with an exception, which then fails the stage.
       *
       * <p>Where it refuses, or runs tasks on the thread that hands them over, what depends on the
       * stage of a call that had to wait for its turn runs on the default executor.
       *
       * <p>Without this call it is virtual threads where the JVM has them (JDK 21 and newer), else
       * a bounded pool of daemon threads that all asynchronous caches share.
       */
      public Builder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
      }

      /**
       * Sets the greatest number of calls that have begun and not ended: 1,024 without this call. A
       * call on several keys counts as one.
       *
       * @throws IllegalArgumentException if the number is below 1
       */
      public Builder maxInFlight(int maxInFlight) {
        if (maxInFlight < 1) {
          throw new IllegalArgumentException(
              "maxInFlight is " + maxInFlight + "; it must be at least 1");
        }
        this.maxInFlight = maxInFlight;
        return this;
      }

      /** Adds a plugin, which is called after those that were added before. */
      public Builder plugin(CachePlugin plugin) {
        plugins.add(requireNonNull(plugin, "plugin"));
        return this;
      }

      /** Returns the settings. */
      public Settings build() {
        return new Settings(this);
      }
    }
  }
}
