package dev.larder.spi;

/**
 * A stored value, and what tells it from a later one.
 *
 * @param value the bytes; not to be changed
 * @param version what {@link RemoteStore#compareAndSet} compares besides or instead of the bytes; 0
 *     where a store compares the bytes alone
 * @param newer whether the store does not know the form in which it found the value, so that it may
 *     be that of a newer release: it counts as undecodable, and only explicit writes take its place
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its store, never by equals
public record Stored(byte[] value, long version, boolean newer) {

  /** Creates a value that was found in a form that the store knows. */
  public Stored(byte[] value, long version) {
    this(value, version, false);
  }
}
