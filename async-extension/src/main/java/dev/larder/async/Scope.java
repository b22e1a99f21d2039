package dev.larder.async;

import java.util.Collection;
import java.util.List;

/**
 * What a call concerns: some keys or the whole cache, to read or to change.
 *
 * @param keys the keys, each once; none if it is the whole cache
 * @param wholeCache whether the call concerns every key
 * @param change whether it may change something
 */
record Scope(Collection<?> keys, boolean wholeCache, boolean change) {
  static final Scope WHOLE_CACHE = new Scope(List.of(), true, true);

  static Scope reading(Collection<?> keys) {
    return new Scope(keys, false, false);
  }

  static Scope changing(Collection<?> keys) {
    return new Scope(keys, false, true);
  }
}
