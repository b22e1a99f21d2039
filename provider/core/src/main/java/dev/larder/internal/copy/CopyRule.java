package dev.larder.internal.copy;

/** How an object of one class is copied as a part of a graph. */
@FunctionalInterface
interface CopyRule {
  /** Keeps objects that cannot change. */
  CopyRule KEEP = (original, graph) -> original;

  /** Leaves the whole graph to serialization. */
  CopyRule SERIALIZE =
      (original, graph) -> {
        throw new NotCopied();
      };

  /**
   * Returns what serialization would make of the object.
   *
   * @throws NotCopied if only serialization can tell
   */
  Object copy(Object original, GraphCopy graph) throws NotCopied;
}
