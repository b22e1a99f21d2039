package dev.larder.redis;

import dev.larder.Eviction;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a client knows of the order of eviction of one bounded cache on a server, wherever the
 * cache's entries are.
 */
final class Order {
  private final Wire wire;
  private final OrderScripts scripts;
  private final byte[] prefix;
  private final LongConsumer evictions;

  /** What the server said last; what it is told where it has forgotten. */
  private volatile Bound bound;

  /**
   * Knows nothing yet.
   *
   * @param prefix what the keys of the cache begin with
   * @param evictions hears how many entries were evicted
   */
  Order(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      Wire wire,
      byte[] prefix,
      Eviction policy,
      LongConsumer evictions) {
    this.wire = wire;
    this.scripts = new OrderScripts(commands, prefix);
    this.prefix = prefix;
    this.evictions = evictions;
    this.bound = new Bound(policy, Long.MAX_VALUE);
  }

  Wire wire() {
    return wire;
  }

  OrderScripts scripts() {
    return scripts;
  }

  byte[] prefix() {
    return prefix;
  }

  Bound bound() {
    return bound;
  }

  /** Returns what stands for an entry in the order. */
  byte[] memberOf(byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }

  byte[] keyOf(byte[] member) {
    return OrderScripts.concat(prefix, member);
  }

  /** Notes a use, if it matters to the policy. */
  void noteUse(OrderNotes notes, byte[] key) {
    if (bound.watchesReads()) {
      notes.use(memberOf(key));
    }
  }

  /**
   * Takes note of what a script says, but for the evictions.
   *
   * @return whether this client is to take in the entries that the order does not have
   */
  boolean heed(List<Object> told) {
    bound = Bound.of((Long) told.get(2), (Long) told.get(3));
    return (Long) told.get(1) == 1;
  }

  void countEvicted(long count) {
    if (count > 0) {
      evictions.accept(count);
    }
  }
}
