package dev.larder.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and copies what callers give. */
final class Arguments {
  private Arguments() {}

  /** Returns a time that is positive. */
  static Duration positive(Duration duration, String name) {
    if (requireNonNull(duration, name).isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s; it must be positive, or AsyncCache.FOREVER".formatted(name, duration));
    }
    return duration;
  }

  /** Returns a positive time to live as JCache has it. */
  static javax.cache.expiry.Duration timeToLive(Duration duration) {
    return TimesToLive.jcache(positive(duration, "timeToLive"));
  }

  /** Returns keys that nobody changes, each once and in their order. */
  static <K> Set<K> keys(Iterable<? extends K> keys) {
    Set<K> copy = new LinkedHashSet<>();
    requireNonNull(keys, "keys").forEach(key -> copy.add(requireNonNull(key, "key")));
    return Collections.unmodifiableSet(copy);
  }

  /**
   * Returns the arguments of an entry processor, which nobody changes; a missing array is empty.
   */
  static @Nullable Object[] ofProcessor(@Nullable Object @Nullable [] arguments) {
    return arguments == null ? new @Nullable Object[0] : arguments.clone();
  }

  /** Returns the arguments of a raw command, none of which is missing. */
  static List<Object> raw(Object... arguments) {
    List<Object> copy = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      copy.add(requireNonNull(argument, "argument"));
    }
    return Collections.unmodifiableList(copy);
  }
}
