package dev.larder;

import java.io.Serializable;

/**
 * Says how much of a cache's bound an entry takes up.
 *
 * <p>Called once for each value that is stored, by any thread, while its key is being changed: it
 * must be quick and must not use the cache. What it throws reaches the caller, and nothing is
 * stored.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@FunctionalInterface
public interface Weigher<K, V> extends Serializable {

  /**
   * Returns a weigher whose weights are bytes: of text, numbers and arrays of numbers by what they
   * take on the heap, of everything else by the length of its serialized form.
   *
   * <p>The entry's own share of the cache, some 100 bytes, is part of the weight.
   */
  static Weigher<Object, Object> bytes() {
    return ByteWeigher.BYTES;
  }

  /**
   * Returns the weight of an entry, which the bound compares with that of all entries together.
   *
   * @return at least 0; more than {@link Integer#MAX_VALUE} counts as that
   */
  long weigh(K key, V value);
}
