package dev.larder.internal.operation;

/** What an operation does to its entry. */
public enum Change {
  /** The entry stays as it is, present or absent. */
  NONE,
  /** The entry gets a new deadline. */
  TOUCH,
  /** The user stores a value where there was none. */
  CREATE,
  /** The user replaces a value. */
  UPDATE,
  /** The user removes the entry. */
  REMOVE,
  /** A cache loader's value is stored, where there was none or in place of one. */
  LOAD,
  /** The entry goes without a trace: no statistics, no event, no writer. */
  DISCARD;

  /** Says whether this change stores a value. */
  public boolean stores() {
    return this == CREATE || this == UPDATE || this == LOAD;
  }
}
