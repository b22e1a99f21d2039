package dev.larder.internal.operation;

/**
 * The instants at which entries expire: nanoseconds on the cache's ticker, with two special values.
 */
public final class Deadline {
  /** The deadline of an entry that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A deadline that has passed at any reading of the ticker. */
  public static final long PAST = Long.MIN_VALUE;

  /** The deadline of an entry of which an engine does not know when it expires. */
  public static final long UNKNOWN = Long.MIN_VALUE + 2;

  private Deadline() {}
}
