package dev.larder.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A plain map, which has no settings: the yardstick. */
final class MapOperations implements Operations {
  private final ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();

  @Override
  public Integer get(Integer key) {
    return map.get(key);
  }

  @Override
  public void put(Integer key, Integer value) {
    map.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Integer key, Integer value) {
    return map.putIfAbsent(key, value) == null;
  }

  @Override
  public boolean replace(Integer key, Integer oldValue, Integer newValue) {
    return map.replace(key, oldValue, newValue);
  }

  @Override
  public Integer increment(Integer key) {
    return map.compute(key, (same, value) -> value + 1);
  }

  @Override
  public Map<Integer, Integer> getAll(Set<Integer> keys) {
    Map<Integer, Integer> found = new HashMap<>();
    for (Integer key : keys) {
      Integer value = map.get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public void close() {}
}
