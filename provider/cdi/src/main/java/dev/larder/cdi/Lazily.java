package dev.larder.cdi;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Values that are made when they are first asked for, once for each key.
 *
 * <p>What makes them may ask for other values, which a map's own {@code computeIfAbsent} forbids.
 *
 * @param <K> the type of keys, compared by identity or content as they are
 * @param <V> the type of values
 */
final class Lazily<K, V> {
  private final ConcurrentHashMap<K, V> made = new ConcurrentHashMap<>();
  private final ReentrantLock making = new ReentrantLock();
  private final Predicate<? super V> usable;

  /**
   * Creates it without values.
   *
   * @param usable whether a value still serves, or must be made anew
   */
  Lazily(Predicate<? super V> usable) {
    this.usable = usable;
  }

  V get(K key, Function<? super K, ? extends V> maker) {
    V value = made.get(key);
    if (value != null && usable.test(value)) {
      return value;
    }
    making.lock();
    try {
      value = made.get(key);
      if (value == null || !usable.test(value)) {
        value = maker.apply(key);
        made.put(key, value);
      }
      return value;
    } finally {
      making.unlock();
    }
  }
}
