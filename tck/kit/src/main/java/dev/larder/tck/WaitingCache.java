package dev.larder.tck;

import dev.larder.async.AsyncCache;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** A cache that calls the asynchronous face of another, and waits for each answer. */
final class WaitingCache<K, V> implements Cache<K, V> {
  private static final int LONGEST_WAIT_SECONDS = 50;

  private final Cache<K, V> cache;
  private final AsyncCache<K, V> calls;

  WaitingCache(Cache<K, V> cache) {
    this.cache = cache;
    this.calls = AsyncCache.of(cache);
  }

  /** Waits for a call, and returns or throws what came of it. */
  @SuppressWarnings("NullAway") // JSR-107 says itself where answers may be null
  static <T> T await(CompletionStage<? extends @Nullable T> call) {
    try {
      return call.toCompletableFuture().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  @Override
  public V get(K key) {
    return await(calls.get(key));
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    return await(calls.getAll(keys));
  }

  @Override
  public boolean containsKey(K key) {
    return await(calls.containsKey(key));
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    CompletableFuture<?> load = calls.loadAll(keys, replaceExistingValues).toCompletableFuture();
    if (load.isCompletedExceptionally() && isRefusal(load.handle((done, e) -> e).join())) {
      await(load); // JSR-107 wants it thrown
    }
    var unused = load.whenComplete((done, failure) -> tell(listener, failure));
  }

  /**
   * Says whether a load was not begun; what fails later is a {@code CacheException} or an error.
   */
  private static boolean isRefusal(Throwable failure) {
    return !(failure instanceof CacheException) && !(failure instanceof Error);
  }

  private static void tell(@Nullable CompletionListener listener, @Nullable Throwable failure) {
    if (listener == null) {
      return;
    }
    if (failure == null) {
      listener.onCompletion();
    } else {
      listener.onException(failure instanceof Exception e ? e : new Exception(failure));
    }
  }

  @Override
  public void put(K key, V value) {
    await(calls.put(key, value));
  }

  @Override
  public V getAndPut(K key, V value) {
    return await(calls.getAndPut(key, value));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    await(calls.putAll(map));
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return await(calls.putIfAbsent(key, value));
  }

  @Override
  public boolean remove(K key) {
    return await(calls.remove(key));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    return await(calls.remove(key, oldValue));
  }

  @Override
  public V getAndRemove(K key) {
    return await(calls.getAndRemove(key));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return await(calls.replace(key, oldValue, newValue));
  }

  @Override
  public boolean replace(K key, V value) {
    return await(calls.replace(key, value));
  }

  @Override
  public V getAndReplace(K key, V value) {
    return await(calls.getAndReplace(key, value));
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    await(calls.removeAll(keys));
  }

  @Override
  public void removeAll() {
    await(calls.removeAll());
  }

  @Override
  public void clear() {
    await(calls.clear());
  }

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    return await(calls.invoke(key, processor, arguments));
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    return await(calls.invokeAll(keys, processor, arguments));
  }

  // ---- what has no asynchronous form ----------------------------------------------------------

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return cache.getConfiguration(type);
  }

  @Override
  public String getName() {
    return cache.getName();
  }

  @Override
  public CacheManager getCacheManager() {
    return cache.getCacheManager();
  }

  @Override
  public void close() {
    cache.close();
  }

  @Override
  public boolean isClosed() {
    return cache.isClosed();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : cache.unwrap(type);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    cache.registerCacheEntryListener(configuration);
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    cache.deregisterCacheEntryListener(configuration);
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    return cache.iterator();
  }

  @Override
  public String toString() {
    return "waiting for " + cache;
  }
}
