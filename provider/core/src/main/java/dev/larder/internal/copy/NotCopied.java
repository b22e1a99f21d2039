package dev.larder.internal.copy;

import java.io.Serial;

/** Says that a graph has to be serialized; never leaves this package. */
final class NotCopied extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates one without a stack trace, which nobody reads. */
  NotCopied() {
    super("left to serialization", null, false, false);
  }
}
