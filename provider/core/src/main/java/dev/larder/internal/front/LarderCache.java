package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import dev.larder.EvictionControl;
import dev.larder.LarderConfiguration;
import dev.larder.LarderStatisticsMXBean;
import dev.larder.internal.Unwrapping;
import dev.larder.internal.async.NativeCache;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.RemoveIfEqual;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.operation.ReplaceIfEqual;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache: checks arguments, copies what crosses the border where it stores by value, and leaves
 * the rest to the {@link Engine}.
 */
final class LarderCache<K, V> implements Cache<K, V> {
  private final LarderCacheManager manager;
  private final String name;
  private final CacheAssembly<K, V> assembly;
  private final Border<K, V> border;
  private final Engine<K, V> engine;
  private final Statistics statistics;

  // What a get asks first, kept here so that the usual one asks nowhere else.
  private final Class<K> keyType;
  private final boolean copying;

  /** Whether the cache is closed or counts, so that a get takes the long way. */
  private volatile boolean attentive = true;

  LarderCache(LarderCacheManager manager, String name, LarderConfiguration<K, V> configuration) {
    this.manager = manager;
    this.name = name;
    this.keyType = configuration.getKeyType();
    this.copying = configuration.isStoreByValue();
    this.assembly = new CacheAssembly<>(this, manager, configuration);
    this.border = assembly.border();
    this.engine = assembly.engine();
    this.statistics = assembly.statistics();
    adjustAttention();
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  @SuppressWarnings("NullAway") // JSR-107: null on a miss
  public V get(K key) {
    if (!attentive && key != null && fits(key)) {
      V value = engine.peek(key);
      if (value != null) {
        return copying ? border.copied(value) : value;
      }
    }
    return getWithCare(key);
  }

  /** Says whether a key is of the declared type, in the cases where that is quick to say. */
  private boolean fits(Object key) {
    return key.getClass() == keyType || keyType == Object.class;
  }

  private @Nullable V getWithCare(K key) {
    K checked = border.checkedKey(key);
    long start = statistics.start();
    V value = engine.get(checked);
    statistics.stopGet(start);
    return border.copied(value);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    if (assembly.isRemote()) {
      Set<K> checked = border.checkedKeys(keys);
      return border.copied(checked, timedGetAll(checked));
    }
    border.checkKeys(keys);
    return border.copied(timedGetAll(keys)); // goes through the caller's set once and keeps none
  }

  private Map<K, V> timedGetAll(Set<? extends K> keys) {
    long start = statistics.start();
    Map<K, V> found = engine.getAll(keys);
    statistics.stopGet(start);
    return found;
  }

  @Override
  public boolean containsKey(K key) {
    return engine.contains(border.checkedKey(key));
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    border.checkOpen();
    return new CacheIterator<>(this, engine.iterator(), assembly);
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  public void put(K key, V value) {
    K storedKey = border.storedKey(key);
    V storedValue = border.storedValue(value, "value");
    long start = statistics.start();
    engine.execute(storedKey, Put.put(storedValue));
    statistics.stopPut(start);
  }

  @Override
  @SuppressWarnings("NullAway") // JSR-107: null where there was no value
  public V getAndPut(K key, V value) {
    K storedKey = border.storedKey(key);
    V storedValue = border.storedValue(value, "value");
    long start = statistics.start();
    V before = engine.execute(storedKey, Put.getAndPut(storedValue));
    statistics.stopGet(start);
    statistics.stopPut(start);
    return border.copied(before);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    border.checkOpen();
    Map<K, Put<V>> puts = new LinkedHashMap<>();
    requireNonNull(map, "map")
        .forEach(
            (key, value) ->
                puts.put(border.storedKey(key), Put.put(border.storedValue(value, "value"))));
    long start = statistics.start();
    engine.executeAll(puts);
    statistics.stopPut(start);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    K storedKey = border.storedKey(key);
    V storedValue = border.storedValue(value, "value");
    long start = statistics.start();
    boolean done = engine.execute(storedKey, new PutIfAbsent<>(storedValue));
    if (done) {
      statistics.stopPut(start);
    }
    return done;
  }

  @Override
  public boolean remove(K key) {
    K storedKey = border.storedKey(key);
    long start = statistics.start();
    boolean done = engine.execute(storedKey, Remove.<V>remove()) != null;
    if (done) {
      statistics.stopRemove(start);
    }
    return done;
  }

  @Override
  public boolean remove(K key, V oldValue) {
    K storedKey = border.storedKey(key);
    V expected = border.checkedValue(oldValue, "oldValue");
    long start = statistics.start();
    boolean done = engine.execute(storedKey, new RemoveIfEqual<>(expected));
    statistics.stopGet(start);
    if (done) {
      statistics.stopRemove(start);
    }
    return done;
  }

  @Override
  @SuppressWarnings("NullAway") // JSR-107: null where there was no value
  public V getAndRemove(K key) {
    K storedKey = border.storedKey(key);
    long start = statistics.start();
    V before = engine.execute(storedKey, Remove.getAndRemove());
    statistics.stopGet(start);
    if (before != null) {
      statistics.stopRemove(start);
    }
    return border.copied(before);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    K storedKey = border.storedKey(key);
    V expected = border.checkedValue(oldValue, "oldValue");
    V storedValue = border.storedValue(newValue, "newValue");
    long start = statistics.start();
    boolean done = engine.execute(storedKey, new ReplaceIfEqual<>(expected, storedValue));
    statistics.stopGet(start);
    if (done) {
      statistics.stopPut(start);
    }
    return done;
  }

  @Override
  public boolean replace(K key, V value) {
    return replaced(key, value, Replace::replace) != null;
  }

  @Override
  @SuppressWarnings("NullAway") // JSR-107: null where there was no value
  public V getAndReplace(K key, V value) {
    return border.copied(replaced(key, value, Replace::getAndReplace));
  }

  private @Nullable V replaced(K key, V value, Function<V, Replace<V>> operation) {
    K storedKey = border.storedKey(key);
    V storedValue = border.storedValue(value, "value");
    long start = statistics.start();
    V before = engine.execute(storedKey, operation.apply(storedValue));
    statistics.stopGet(start);
    if (before != null) {
      statistics.stopPut(start);
    }
    return before;
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    border.checkOpen();
    Map<K, Remove<V>> removals = new LinkedHashMap<>();
    requireNonNull(keys, "keys")
        .forEach(key -> removals.put(border.storedKey(key), Remove.remove()));
    long start = statistics.start();
    engine.executeAll(removals);
    statistics.stopRemove(start);
  }

  @Override
  public void removeAll() {
    border.checkOpen();
    long start = statistics.start();
    engine.removeAll();
    statistics.stopRemove(start);
  }

  @Override
  public void clear() {
    border.checkOpen();
    engine.clear();
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    assembly.loadAll(border.storedKeys(keys), replaceExistingValues, listener);
  }

  // ---- entry processors -----------------------------------------------------------------------

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    K storedKey = border.storedKey(key);
    return engine.execute(storedKey, assembly.invocation(storedKey, processor, arguments));
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    Set<K> checked = border.checkedKeys(keys);
    requireNonNull(processor, "entryProcessor");
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (K key : checked) {
      try {
        T answer = invoke(key, processor, arguments);
        if (answer != null) {
          results.put(key, () -> answer);
        }
      } catch (RuntimeException e) {
        results.put(key, failed(e));
      }
    }
    return results;
  }

  static <T> EntryProcessorResult<T> failed(RuntimeException failure) {
    EntryProcessorException exception =
        failure instanceof EntryProcessorException same
            ? same
            : new EntryProcessorException(failure);
    return () -> {
      throw exception;
    };
  }

  /** Notes that the cache was closed, or began or ended to count. */
  void adjustAttention() {
    attentive = statistics.isEnabled();
    if (isClosed()) {
      attentive = true; // for good, in whatever order two threads come here
    }
  }

  // ---- the cache itself -----------------------------------------------------------------------

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    LarderConfiguration<K, V> configuration = assembly.configuration();
    if (type.isInstance(configuration)) {
      return type.cast(configuration);
    }
    if (type.equals(MutableConfiguration.class)) {
      return type.cast(new MutableConfiguration<>(configuration));
    }
    throw new IllegalArgumentException(
        "cache '"
            + name
            + "' has no configuration of type "
            + type.getName()
            + "; ask for Configuration, CompleteConfiguration or LarderConfiguration");
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    border.checkOpen();
    assembly.register(requireNonNull(configuration, "cacheEntryListenerConfiguration"));
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    border.checkOpen();
    assembly.deregister(requireNonNull(configuration, "cacheEntryListenerConfiguration"));
  }

  @Override
  public void close() {
    if (assembly.beginClose()) {
      manager.forget(this);
      assembly.close();
    }
  }

  /** Closes the cache, and drops its entries wherever they are. */
  void destroy() {
    if (assembly.beginClose()) {
      manager.forget(this);
      try {
        engine.clear();
      } finally {
        assembly.close();
      }
    }
  }

  @Override
  public boolean isClosed() {
    return assembly.isClosed();
  }

  /**
   * Returns this cache, its asynchronous face, or an object of the backend's driver, whichever is
   * of the type.
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    if (type == EvictionControl.class) {
      return type.cast(new LiveEviction<>(assembly));
    }
    if (type == LarderStatisticsMXBean.class) {
      return type.cast(assembly.figures());
    }
    if (type == NativeCache.class) {
      return type.cast(new AsyncFront<>(assembly));
    }
    T ofDriver = type.isInstance(this) ? null : manager.backend().unwrap(type);
    return ofDriver == null ? Unwrapping.unwrap(this, type) : ofDriver;
  }

  @Override
  public String toString() {
    return "Cache '" + name + "' of " + manager + (isClosed() ? ", closed" : "");
  }

  CacheAssembly<K, V> assembly() {
    return assembly;
  }
}
