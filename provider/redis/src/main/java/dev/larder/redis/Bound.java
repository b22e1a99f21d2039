package dev.larder.redis;

import dev.larder.Eviction;
import java.util.List;

/**
 * How many entries a cache may have, and which goes first.
 *
 * @param policy one of those that have an order on the server
 */
record Bound(Eviction policy, long maxEntries) {
  /** The policies in the order of their numbers in {@link OrderScripts}, from 1. */
  private static final List<Eviction> NUMBERED = List.of(Eviction.LRU, Eviction.LFU, Eviction.FIFO);

  /** Says whether the server can keep a policy's order. */
  static boolean isOrdered(Eviction policy) {
    return NUMBERED.contains(policy);
  }

  /** Returns what a script said. */
  static Bound of(long policy, long maxEntries) {
    return new Bound(NUMBERED.get((int) policy - 1), maxEntries);
  }

  /** Says whether reads change the order. */
  boolean watchesReads() {
    return policy != Eviction.FIFO;
  }
}
