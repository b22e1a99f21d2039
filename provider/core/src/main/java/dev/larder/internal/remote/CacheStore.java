package dev.larder.internal.remote;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.EngineParts;
import dev.larder.spi.BoundedStore;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.RemoteStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The store of a manager as one cache uses it: the store itself, or a face of it that keeps the
 * cache within its bound, by an order of eviction on the server or in this client.
 */
final class CacheStore<K> {
  private final String cacheName;
  private final RemoteStore entries;
  private final KeyCodec<K> keys;
  private final EngineParts<K, ?> parts;
  private volatile RemoteStore face;

  /** Where this client keeps the order, that order. */
  private volatile @Nullable ClientOrder<K> order;

  CacheStore(EngineParts<K, ?> parts, RemoteStore entries, KeyCodec<K> keys) {
    this.cacheName = parts.cacheName();
    this.entries = entries;
    this.keys = keys;
    this.parts = parts;
    this.face = entries;
  }

  /** Returns what the cache's calls go to. */
  RemoteStore get() {
    return face;
  }

  /** Says whether somebody keeps an order of what is used. */
  boolean isBounded() {
    return face != entries;
  }

  /** Returns the store itself: what is read there is not used, as far as eviction is concerned. */
  RemoteStore entries() {
    return entries;
  }

  /** Bounds the cache as its configuration says; {@code null} before is for one that begins. */
  CompletionStage<@Nullable Void> bound(
      @Nullable LarderConfiguration<K, ?> before, LarderConfiguration<K, ?> after) {
    if (after.maxEntries() == Long.MAX_VALUE) {
      return CompletableFuture.completedStage(null);
    }
    Eviction named = serverPolicy(after);
    BoundedStore server = named == null ? null : server(named);
    if (named != null && server != null) {
      face = server;
      order = null;
      return server.change(named, after.maxEntries());
    }
    return boundHere(before, after);
  }

  /** Returns the policy for which the server may keep the order: the chosen one, or its default. */
  private static @Nullable Eviction serverPolicy(LarderConfiguration<?, ?> configuration) {
    if (!configuration.isEvictionPolicySet()) {
      return Eviction.LRU;
    }
    return configuration.evictionPolicyFactory() instanceof Eviction eviction ? eviction : null;
  }

  /** Says whether this client would keep the order, and so look at the cache's ticker. */
  boolean isOrderedHere(LarderConfiguration<K, ?> configuration) {
    Eviction named = serverPolicy(configuration);
    return configuration.maxEntries() != Long.MAX_VALUE && (named == null || server(named) == null);
  }

  private @Nullable BoundedStore server(Eviction policy) {
    LongConsumer evictions = count -> parts.recorder().evictions(count);
    BoundedStore wanted = entries.bounded(keys.prefix(), policy, evictions);
    return wanted != null && face instanceof BoundedStore present ? present : wanted;
  }

  private CompletionStage<@Nullable Void> boundHere(
      @Nullable LarderConfiguration<K, ?> before, LarderConfiguration<K, ?> after) {
    Factory<? extends EvictionPolicy<? super K>> policy = after.evictionPolicyFactory();
    ClientOrder<K> present = order;
    if (present == null) {
      present = new ClientOrder<>(cacheName, keys, after.ticker(), after.maxEntries(), policy);
    } else {
      if (before == null || !before.evictionPolicyFactory().equals(policy)) {
        present.setPolicy(policy);
      }
      present.setCapacity(after.maxEntries());
    }
    ClientBoundedStore bounded =
        new ClientBoundedStore(entries, present, count -> parts.recorder().evictions(count));
    order = present;
    face = bounded;
    return bounded.evict();
  }

  /** Tells the server what it has not been told; the store belongs to the manager. */
  void close() {
    if (isBounded()) {
      face.close();
    }
  }
}
