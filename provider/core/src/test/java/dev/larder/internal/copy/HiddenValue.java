package dev.larder.internal.copy;

import java.io.Serial;
import java.io.Serializable;

/** Defined as a hidden class by a test. */
final class HiddenValue implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("unused") // only there to be copied
  private int number = 1;
}
