package dev.larder.spi;

/**
 * A stored value, and what tells it from a later one.
 *
 * @param value the bytes; not to be changed
 * @param version what {@link RemoteStore#compareAndSet} compares besides or instead of the bytes; 0
 *     where a store compares the bytes alone
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its store, never by equals
public record Stored(byte[] value, long version) {}
