package dev.larder.async;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of null on its way into a cache and back.
 *
 * @param standIn what is stored for it; null if null is no value
 */
record Nulls<V>(@Nullable V standIn) {

  /** Says whether null is a value. */
  boolean areValues() {
    return standIn != null;
  }

  /** Returns what is stored for a value. */
  V stored(@Nullable V value, String name) {
    return requireNonNull(value == null ? standIn : value, name);
  }

  /** Returns what is shown of a stored value. */
  @Nullable V shown(@Nullable V stored) {
    return standIn != null && standIn.equals(stored) ? null : stored;
  }

  CompletionStage<@Nullable V> shown(CompletionStage<@Nullable V> stored) {
    return standIn == null ? stored : Stages.map(stored, this::shown);
  }

  <K> CompletionStage<Map<K, V>> allShown(CompletionStage<Map<K, V>> stored) {
    return standIn == null ? stored : Stages.map(stored, this::allShown);
  }

  @SuppressWarnings("NullAway") // where null is a value, maps have it
  private <K> Map<K, V> allShown(Map<K, V> stored) {
    Map<K, V> all = new HashMap<>(stored);
    all.replaceAll((key, value) -> shown(value));
    return all;
  }
}
