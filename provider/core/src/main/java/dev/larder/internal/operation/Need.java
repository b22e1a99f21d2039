package dev.larder.internal.operation;

/** What an operation must know of its entry before it can decide. */
public enum Need {
  /** Nothing: the entry ends up the same whatever it was. */
  NOTHING,
  /** Whether there is a live entry. */
  PRESENCE,
  /** The live entry. */
  ENTRY
}
