package dev.larder.benchmarks;

import java.util.Map;
import java.util.Set;

/**
 * What a benchmark does to a subject.
 *
 * <p>A run loads one implementation only, so that the calls cost nothing.
 */
interface Operations extends AutoCloseable {
  Integer get(Integer key);

  void put(Integer key, Integer value);

  boolean putIfAbsent(Integer key, Integer value);

  boolean replace(Integer key, Integer oldValue, Integer newValue);

  /** Adds one to a value atomically, and returns the sum. */
  Integer increment(Integer key);

  Map<Integer, Integer> getAll(Set<Integer> keys);

  @Override
  void close();
}
