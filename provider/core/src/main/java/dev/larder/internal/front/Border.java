package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where keys and values cross from the callers of a cache to its engine and back: checks what comes
 * in, and copies both ways where the cache stores by value.
 */
final class Border<K, V> {
  private final String cacheName;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final CacheAssembly<K, V> assembly;

  Border(String cacheName, Class<K> keyType, Class<V> valueType, CacheAssembly<K, V> assembly) {
    this.cacheName = cacheName;
    this.keyType = keyType;
    this.valueType = valueType;
    this.assembly = assembly;
  }

  /**
   * Refuses to go on with a closed cache.
   *
   * @throws IllegalStateException if the cache is closed
   */
  void checkOpen() {
    if (assembly.isClosed()) {
      throw new IllegalStateException(
          "cache '" + cacheName + "' is closed; get an open one from its CacheManager");
    }
  }

  /** Returns a key to look for. */
  K checkedKey(K key) {
    checkOpen();
    requireNonNull(key, "key");
    if (keyType != Object.class && !keyType.isInstance(key)) {
      throw mismatch("keys", keyType, key);
    }
    return key;
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
    if (valueType != Object.class && !valueType.isInstance(value)) {
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
    return value == null ? null : assembly.copyValue(value);
  }

  /** Returns values for the caller, under the caller's own keys. */
  Map<K, V> copied(Set<K> asked, Map<K, V> found) {
    if (!assembly.configuration().isStoreByValue()) {
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
