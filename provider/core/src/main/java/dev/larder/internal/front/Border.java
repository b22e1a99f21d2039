package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Where keys and values cross from the callers of a cache to its engine and back: checks what comes
 * in, and copies both ways where the cache stores by value.
 */
final class Border<K, V> {
  private final String cacheName;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final boolean byReference;
  private final CacheAssembly<K, V> assembly;

  private volatile boolean closed;

  Border(String cacheName, Configuration<K, V> configuration, CacheAssembly<K, V> assembly) {
    this.cacheName = cacheName;
    this.keyType = configuration.getKeyType();
    this.valueType = configuration.getValueType();
    this.byReference = !configuration.isStoreByValue();
    this.assembly = assembly;
  }

  /**
   * Refuses to go on with a closed cache.
   *
   * @throws IllegalStateException if the cache is closed
   */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "cache '" + cacheName + "' is closed; get an open one from its CacheManager");
    }
  }

  /** Lets nobody pass from now on. */
  void close() {
    closed = true;
  }

  /** Returns a key to look for. */
  K checkedKey(K key) {
    checkOpen();
    requireNonNull(key, "key");
    if (!isOf(keyType, key)) {
      throw mismatch("keys", keyType, key);
    }
    return key;
  }

  /** Says whether an object is of a type; the usual case, that of a final class, comes first. */
  private static boolean isOf(Class<?> type, Object object) {
    return object.getClass() == type || type.isInstance(object);
  }

  /** Returns keys to look for. */
  Set<K> checkedKeys(Set<? extends K> keys) {
    checkOpen();
    Set<K> checked = new LinkedHashSet<>(capacityFor(requireNonNull(keys, "keys").size()));
    for (K key : keys) {
      checked.add(checkedKey(key));
    }
    return checked;
  }

  /** Refuses keys that cannot be looked for. */
  void checkKeys(Set<? extends K> keys) {
    checkOpen();
    requireNonNull(keys, "keys").forEach(this::checkedKey);
  }

  /** Returns a key to keep. */
  K storedKey(K key) {
    return assembly.copyKey(checkedKey(key));
  }

  /** Returns keys to keep. */
  Set<K> storedKeys(Set<? extends K> keys) {
    Set<K> copies = new LinkedHashSet<>();
    checkedKeys(keys).forEach(key -> copies.add(assembly.copyKey(key)));
    return copies;
  }

  /** Returns a value to compare with. */
  V checkedValue(V value, String role) {
    requireNonNull(value, role);
    if (!isOf(valueType, value)) {
      throw mismatch("values", valueType, value);
    }
    return value;
  }

  /** Returns a value to keep. */
  V storedValue(V value, String role) {
    return assembly.copyValue(checkedValue(value, role));
  }

  /** Returns a value for the caller. */
  @Nullable V copied(@Nullable V value) {
    return value == null || byReference ? value : assembly.copyValue(value);
  }

  /** Returns a stored key for the caller. */
  K copiedKey(K key) {
    return assembly.copyKey(key);
  }

  /** Returns entries for the caller, who cannot change the map. */
  Map<K, V> copiedEntries(Map<K, V> entries) {
    Map<K, V> copies = new HashMap<>(capacityFor(entries.size()));
    entries.forEach((key, value) -> copies.put(copiedKey(key), assembly.copyValue(value)));
    return Collections.unmodifiableMap(copies);
  }

  /** Returns values for the caller, under the caller's own keys. */
  Map<K, V> copied(Set<K> asked, Map<K, V> found) {
    if (byReference) {
      return found; // only memory can do that, and it answers with the keys that it was asked for
    }
    Map<K, V> values = new HashMap<>(capacityFor(found.size()));
    for (K key : asked) {
      V value = found.get(key);
      if (value != null) {
        values.put(key, assembly.copyValue(value));
      }
    }
    return values;
  }

  /**
   * Returns values for the caller, in the map in which memory gives them under the caller's keys.
   */
  Map<K, V> copied(Map<K, V> found) {
    if (!byReference) {
      found.replaceAll((key, value) -> assembly.copyValue(value));
    }
    return found;
  }

  /** Returns the capacity of a hash table that takes so many without growing. */
  private static int capacityFor(int size) {
    return (int) (size / 0.75f) + 1;
  }

  private ClassCastException mismatch(String role, Class<?> expected, Object actual) {
    return new ClassCastException(
        "cache '%s' has %s of type %s; this is a %s"
            .formatted(cacheName, role, expected.getName(), actual.getClass().getName()));
  }
}
