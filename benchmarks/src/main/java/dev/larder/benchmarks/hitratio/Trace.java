package dev.larder.benchmarks.hitratio;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Accesses to keys, which are numbered from 0 in the order in which they first appear.
 *
 * @param keys the key of each access
 * @param distinct the number of keys
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of thousands of them, never compared
record Trace(String name, int[] keys, int distinct) {

  /** Only so much of a trace is played. */
  static final int MOST_ACCESSES = 300_000;

  /** Numbers the keys of the first accesses. */
  static Trace of(String name, LongStream accesses) {
    Map<Long, Integer> numbers = new HashMap<>();
    int[] keys =
        accesses
            .limit(MOST_ACCESSES)
            .mapToInt(key -> numbers.computeIfAbsent(key, missing -> numbers.size()))
            .toArray();
    return new Trace(name, keys, numbers.size());
  }
}
