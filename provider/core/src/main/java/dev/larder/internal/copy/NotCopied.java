package dev.larder.internal.copy;

import java.io.Serial;

/** Says that a graph has to be serialized; never leaves this package. */
final class NotCopied extends RuntimeException {
  static final NotCopied SIGNAL = new NotCopied();

  @Serial private static final long serialVersionUID = 1L;

  private NotCopied() {
    super("left to serialization", null, false, false);
  }
}
