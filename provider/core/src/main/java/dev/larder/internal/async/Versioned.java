package dev.larder.internal.async;

/**
 * A value, and what tells it from what is stored after it.
 *
 * @param value the value
 * @param version means something to the cache that it came from, and to nobody else
 */
public record Versioned<V>(V value, Object version) {}
