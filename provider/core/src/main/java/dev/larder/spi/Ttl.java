package dev.larder.spi;

/** Times to live, as a {@link RemoteStore} gets them: milliseconds, with three special values. */
public final class Ttl {
  /** The time to live of an entry that does not expire. */
  public static final long FOREVER = Long.MAX_VALUE;

  /**
   * Leaves the time that an existing entry has left to live as it is; a new entry does not expire.
   */
  public static final long KEEP = -1;

  /** The time to live of an entry that is over already: it is removed, or not stored at all. */
  public static final long NONE = 0;

  private Ttl() {}
}
