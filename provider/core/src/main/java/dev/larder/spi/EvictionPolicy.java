package dev.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * Chooses which entry a cache gives up when it holds more than it may.
 *
 * <p>A policy keeps its own books of the keys in one cache: it hears of each that comes, is used
 * and goes, and names the next {@linkplain #victim() victim}. The cache evicts, and then reports
 * the key as {@linkplain #onRemove removed} like any other. {@code EvictionPolicyContract} in
 * {@code larder-tck} tests an implementation.
 *
 * <p><b>Threads.</b> A cache calls its policy from many threads, but one at a time and under a lock
 * that all of the cache's insertions take: methods must be quick, must not wait, and must not use
 * the cache. They need no synchronization of their own.
 *
 * <p><b>Errors.</b> If a method throws, or names a victim that the cache does not have, a warning
 * is logged and the entry that was inserted first is evicted instead.
 *
 * @param <K> the type of keys
 */
public interface EvictionPolicy<K> {

  /**
   * Learns how much the entries may weigh together, before the first entry comes and whenever this
   * changes; an entry weighs 1 where the bound is a number of entries.
   */
  default void onCapacity(long capacity) {}

  /** Learns of a new entry; the key is in no other. */
  void onInsert(K key, long weight);

  /**
   * Learns that an entry's value was read. Under contention some reads are not reported, so that no
   * reader waits.
   */
  void onRead(K key);

  /** Learns that an entry has a new value, and perhaps another weight. */
  default void onUpdate(K key, long weight) {}

  /** Learns that an entry is gone: removed, expired, or evicted. */
  void onRemove(K key);

  /**
   * Names the entry that should go next, which stays in the books until it is removed. If its key
   * is just being changed, the cache keeps it and evicts the entry that was inserted first.
   *
   * @return the key of an entry, or {@code null} if there is none
   */
  @Nullable K victim();
}
