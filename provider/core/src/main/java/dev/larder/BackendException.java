package dev.larder;

import java.io.Serial;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A server that holds a cache's entries did not do what it was asked to.
 *
 * <p>The message names the server, without any password, and what can be done.
 */
public final class BackendException extends CacheException {
  @Serial private static final long serialVersionUID = 1L;

  /** Whether the command may have been executed nevertheless. */
  private final boolean outcomeUnknown;

  /**
   * Creates an exception.
   *
   * @param outcomeUnknown whether the command had been sent, so that it may have been executed or
   *     may yet be
   */
  public BackendException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Says whether the change may have been made, or may yet be made, although this exception came in
   * place of the answer. If false, nothing was changed.
   */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
