package dev.larder.internal.remote;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.larder.Ticker;
import dev.larder.internal.eviction.Bound;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The order of eviction of those entries of a remote cache that this client has stored or read. It
 * knows when they expire, as far as this client said so.
 *
 * @param <K> the type of keys
 */
final class ClientOrder<K> {
  private final KeyCodec<K> keys;
  private final Ticker ticker;
  private final Bound bound;
  private final ConcurrentHashMap<ByteBuffer, ClientNode> nodes = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  /** The nodes that have a deadline. */
  @GuardedBy("lock")
  private final TreeSet<ClientNode> expiring = new TreeSet<>(ClientNode.BY_DEADLINE);

  ClientOrder(
      String cacheName,
      KeyCodec<K> keys,
      Ticker ticker,
      long maxEntries,
      Factory<? extends EvictionPolicy<? super K>> policy) {
    this.keys = keys;
    this.ticker = ticker;
    this.bound = new Bound(cacheName, maxEntries, policy);
  }

  /** Takes in an entry that was stored. */
  void stored(byte[] key, long ttlNew, long ttlOld) {
    keep(key, ttlNew, ttlOld);
  }

  /** Notes that an entry was read, replaced or touched; takes it in if it is not known. */
  void used(byte[] key, long ttl) {
    ClientNode node = nodes.get(ByteBuffer.wrap(key));
    if (node == null) {
      keep(key, ttl, ttl);
    } else {
      bound.read(node);
      expireAfter(node, ttl);
    }
  }

  private void keep(byte[] key, long ttlNew, long ttlOld) {
    keys.ifKey(
        key,
        decoded ->
            nodes.compute(
                ByteBuffer.wrap(key),
                (bytes, known) -> {
                  ClientNode node =
                      known == null
                          ? new ClientNode(decoded, key, numbers.incrementAndGet())
                          : known;
                  bound.store(node, 1);
                  expireAfter(node, known == null ? ttlNew : ttlOld);
                  return node;
                }));
  }

  private void expireAfter(ClientNode node, long ttl) {
    if (ttl == Ttl.KEEP) {
      return;
    }
    long now = ticker.getAsLong();
    long left = ttl == Ttl.FOREVER ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(ttl);
    long deadline = left > Long.MAX_VALUE - Math.max(0, now) ? Long.MAX_VALUE : now + left;
    if (deadline == node.deadline()) {
      return;
    }
    lock.lock();
    try {
      expiring.remove(node);
      node.setDeadline(deadline);
      if (deadline != Long.MAX_VALUE) {
        expiring.add(node);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets an entry that is not there. */
  void gone(byte[] key) {
    nodes.computeIfPresent(
        ByteBuffer.wrap(key),
        (bytes, node) -> {
          bound.remove(node);
          forgetDeadline(node);
          return null;
        });
  }

  private void forgetDeadline(ClientNode node) {
    lock.lock();
    try {
      expiring.remove(node);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all entries. */
  void clear() {
    nodes.values().forEach(node -> gone(node.bytes()));
  }

  void setCapacity(long maxEntries) {
    bound.setCapacity(maxEntries);
  }

  void setPolicy(Factory<? extends EvictionPolicy<? super K>> policy) {
    bound.setPolicy(policy);
  }

  /**
   * Takes out the entries that are too many, and returns their keys; what has expired goes first.
   */
  List<byte[]> takeVictims() {
    List<byte[]> victims = new ArrayList<>();
    while (bound.isExceeded()) {
      ClientNode expired = oldestExpired();
      if (expired != null) {
        gone(expired.bytes());
        forgetDeadline(expired); // should a reader have set it after the entry was gone
        continue;
      }
      if (!(bound.victim() instanceof ClientNode victim)) {
        break;
      }
      if (nodes.remove(ByteBuffer.wrap(victim.bytes()), victim)) {
        victims.add(victim.bytes());
      }
      bound.evict(victim);
      forgetDeadline(victim);
    }
    return victims;
  }

  private @Nullable ClientNode oldestExpired() {
    lock.lock();
    try {
      ClientNode first = expiring.isEmpty() ? null : expiring.first();
      return first != null && first.deadline() <= ticker.getAsLong() ? first : null;
    } finally {
      lock.unlock();
    }
  }
}
