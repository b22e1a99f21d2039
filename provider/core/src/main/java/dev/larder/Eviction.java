package dev.larder;

import static java.util.Objects.requireNonNull;

import dev.larder.internal.eviction.KeyedPolicy;
import dev.larder.spi.EvictionPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.cache.configuration.Factory;

/**
 * The eviction policies that come with Larder, for {@link
 * LarderConfiguration.Builder#evictionPolicy}.
 */
public enum Eviction implements Factory<EvictionPolicy<Object>> {
  /**
   * W-TinyLFU with an adaptive window: keeps what is used often, and what was used lately, in the
   * proportion that two small rehearsals on a sample of the keys find best; the default.
   *
   * <p>Einziger, Eytan, Friedman, Manes, "Adaptive Software Cache Management", Middleware 2018.
   */
  TINY_LFU,

  /** Evicts what was not used for the longest time. */
  LRU,

  /** Evicts what was used least often, of those what was not used for the longest time. */
  LFU,

  /** Evicts what was inserted first, whether it is used or not. */
  FIFO,

  /**
   * Evicts, in the order of insertion, what was not used since it was last spared.
   *
   * <p>Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
   */
  SIEVE,

  /**
   * Evicts new entries early unless they are used again, and others by clock.
   *
   * <p>Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023.
   */
  S3_FIFO,

  /** Evicts any entry. */
  RANDOM;

  /**
   * Returns the policy of a name as files and URIs spell it, such as {@code tiny-lfu}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Eviction named(String name) {
    for (Eviction eviction : values()) {
      if (eviction.toString().equals(requireNonNull(name, "name").toLowerCase(Locale.ROOT))) {
        return eviction;
      }
    }
    throw new IllegalArgumentException(
        "there is no eviction policy '%s'; choose one of %s, or name a factory of your own in code"
            .formatted(
                name,
                Arrays.stream(values()).map(Eviction::toString).collect(Collectors.joining(", "))));
  }

  /** Returns a new policy, whose books are its own, for a cache that keeps no books for it. */
  @Override
  public EvictionPolicy<Object> create() {
    return KeyedPolicy.of(this);
  }

  /** Returns the name as files and URIs spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
