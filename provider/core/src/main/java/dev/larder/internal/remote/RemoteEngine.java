package dev.larder.internal.remote;

import dev.larder.LarderConfiguration;
import dev.larder.Ticker;
import dev.larder.Undecodable;
import dev.larder.internal.concurrent.Worker;
import dev.larder.internal.engine.AsyncEngine;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on entries in a {@link RemoteStore}, waiting for each: the caller's thread does
 * the work of its call ({@link CallerRuns}).
 */
final class RemoteEngine<K, V> implements Engine<K, V> {
  private final RemoteParts<K, V> parts;
  private final EntryCalls<K, V> single;
  private final BulkCalls<K, V> bulk;
  private final AsyncEngine<K, V> async;

  RemoteEngine(
      EngineParts<K, V> parts,
      RemoteStore store,
      KeyCodec<K> keys,
      Codec<V> codec,
      Undecodable policy) {
    this.parts = RemoteParts.of(parts, store, keys, codec, policy);
    this.single = new EntryCalls<>(this.parts);
    this.bulk = new BulkCalls<>(this.parts, single);
    this.async = new AsyncRemoteEngine<>(this.parts, single, bulk, parts);
  }

  @Override
  public @Nullable V get(K key) {
    return await("get", worker -> single.get(key, worker));
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> wanted) {
    return await("getAll", worker -> bulk.getAll(wanted, worker));
  }

  @Override
  public boolean contains(K key) {
    return await("containsKey", worker -> single.contains(key, worker));
  }

  @Override
  public <R extends @Nullable Object> R execute(K key, EntryOperation<V, R> operation) {
    return await(nameOf(List.of(operation)), worker -> single.execute(key, operation, worker));
  }

  @Override
  public void executeAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    await(nameOf(operations.values()) + "All", worker -> bulk.executeAll(operations, worker));
  }

  @Override
  public void removeAll() {
    await("removeAll", bulk::removeAll);
  }

  @Override
  public void loadAll(Set<? extends K> wanted, boolean replacing) {
    await("loadAll", worker -> bulk.loadAll(wanted, replacing, worker));
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    return new RemoteIterator<>(parts, this::noteAccess);
  }

  private void noteAccess(byte[] key, Stored seen) {
    parts.recorder().hit();
    await("iterator", worker -> single.touch(key, seen));
  }

  @Override
  public void clear() {
    await("clear", worker -> parts.store().clear(parts.keys().prefix()));
  }

  private <T extends @Nullable Object> T await(
      String operation, Function<Worker, CompletionStage<T>> call) {
    return CallerRuns.await(parts.cacheName(), operation, call);
  }

  /** Names operations of one kind as their class is named. */
  static String nameOf(Collection<? extends EntryOperation<?, ?>> operations) {
    return operations.isEmpty()
        ? "nothing"
        : operations.iterator().next().getClass().getSimpleName();
  }

  /**
   * Bounds a cache that is about to be used.
   *
   * @throws UnsupportedOperationException if it has a ticker that nothing would look at
   */
  void bound(LarderConfiguration<K, V> configuration) {
    if (configuration.ticker() != Ticker.system()
        && !parts.cacheStore().isOrderedHere(configuration)) {
      throw new UnsupportedOperationException(
          ("cache '%s': a ticker moves nothing here, for the server's clock says when entries expire;"
                  + " leave it out, or keep the cache in memory")
              .formatted(parts.cacheName()));
    }
    if (configuration.maxEntries() != Long.MAX_VALUE) {
      await("createCache", worker -> parts.cacheStore().bound(null, configuration));
    }
  }

  @Override
  public void changeBound(LarderConfiguration<K, V> from, LarderConfiguration<K, V> to) {
    if (from.maxEntries() == Long.MAX_VALUE) {
      throw new UnsupportedOperationException(
          "the cache was created without a bound; only one with maxEntries can change it");
    }
    await("changeBound", worker -> parts.cacheStore().bound(from, to));
  }

  @Override
  public AsyncEngine<K, V> async() {
    return async;
  }

  @Override
  public void close() {
    parts.cacheStore().close(); // entries stay where they are
  }
}
