package dev.larder.internal.memory;

import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.Get;
import dev.larder.internal.operation.Load;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads the values of several keys with one call of the loader.
 *
 * <p>Keys that another thread is loading or changing are waited for, and loaded one by one if they
 * are still missing then.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class Loads<K, V> {
  private final MemoryEngine<K, V> engine;
  private final Holds<K, V> holds;

  Loads(MemoryEngine<K, V> engine, Holds<K, V> holds) {
    this.engine = engine;
    this.holds = holds;
  }

  /** Returns the values that the loader has for what a reader missed. */
  Map<K, V> loadMissing(Set<K> missing, ReadThrough<K, V> source) {
    Set<K> own = new LinkedHashSet<>();
    missing.forEach(key -> own.add(source.ownKey(key)));
    return load(own, source, false, Get::new);
  }

  /** Loads values, those that are there anew if they are to be replaced. */
  void loadAll(Set<? extends K> keys, ReadThrough<K, V> source, boolean replacing) {
    Set<K> wanted = new LinkedHashSet<>();
    for (K key : keys) {
      if (replacing || !engine.contains(key)) {
        wanted.add(key);
      }
    }
    if (!wanted.isEmpty()) {
      load(wanted, source, replacing, (key, loader) -> new Load<>(key, loader, replacing));
    }
  }

  private Map<K, V> load(
      Set<K> keys,
      ReadThrough<K, V> source,
      boolean replacing,
      BiFunction<K, Function<K, @Nullable V>, EntryOperation<V, @Nullable V>> operationOn) {
    Map<K, V> loaded = new HashMap<>();
    Map<K, EntryOperation<V, @Nullable V>> operations = new LinkedHashMap<>();
    Map<K, Hold<V>> held = holds.acquireFree(keys);
    held.keySet().forEach(key -> operations.put(key, operationOn.apply(key, loaded::get)));
    Runnable load =
        () -> {
          // Some may have got a value since it was seen that they have none.
          Set<K> toLoad = replacing ? held.keySet() : keysWithoutValue(held);
          if (!toLoad.isEmpty()) {
            loaded.putAll(source.loadAll(toLoad));
          }
        };
    if (!held.isEmpty()) {
      engine.runHolding(held, operations, load);
    }
    Map<K, V> results = new HashMap<>();
    for (K key : keys) {
      EntryOperation<V, @Nullable V> operation = operations.get(key);
      V result =
          operation == null
              ? engine.execute(key, operationOn.apply(key, source))
              : operation.result();
      if (result != null) {
        results.put(key, result);
      }
    }
    return results;
  }

  private Set<K> keysWithoutValue(Map<K, Hold<V>> held) {
    Set<K> found = new LinkedHashSet<>();
    held.forEach(
        (key, hold) -> {
          if (engine.live(hold.node()) == null) {
            found.add(key);
          }
        });
    return found;
  }
}
