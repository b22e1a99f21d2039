package dev.larder.internal.remote;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Stored bytes are not what the cache's format says; they count as missing. */
final class UndecodableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UndecodableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
