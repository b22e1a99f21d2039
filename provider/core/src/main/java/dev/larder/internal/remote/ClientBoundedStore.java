package dev.larder.internal.remote;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.Ttl;
import dev.larder.spi.WatchedStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A store as a cache sees it that this client keeps within a bound, by an order of its own. */
final class ClientBoundedStore extends WatchedStore {
  private final ClientOrder<?> order;
  private final LongConsumer evictions;

  ClientBoundedStore(RemoteStore entries, ClientOrder<?> order, LongConsumer evictions) {
    super(entries);
    this.order = order;
    this.evictions = evictions;
  }

  @Override
  protected CompletionStage<@Nullable Void> stored(List<byte[]> keys, long ttlNew, long ttlOld) {
    perhapsStored(keys, ttlNew, ttlOld);
    return evict();
  }

  @Override
  protected void perhapsStored(List<byte[]> keys, long ttlNew, long ttlOld) {
    keys.forEach(key -> order.stored(key, ttlNew, ttlOld));
  }

  @Override
  protected void used(byte[] key, long ttl) {
    order.used(key, ttl);
  }

  @Override
  protected void gone(List<byte[]> keys) {
    keys.forEach(order::gone);
  }

  @Override
  protected void cleared() {
    order.clear();
  }

  /** Removes what is too much; victims that cannot be removed now are taken in again. */
  CompletionStage<@Nullable Void> evict() {
    List<byte[]> victims = order.takeVictims();
    if (victims.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return entries()
        .removeAll(victims)
        .handle(
            (removed, failure) -> {
              if (failure == null) {
                evictions.accept(removed);
              } else {
                victims.forEach(key -> order.used(key, Ttl.KEEP));
              }
              return null;
            });
  }

  @Override
  public void close() {
    // The store belongs to the manager.
  }
}
