package dev.larder.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Something that one thread works on while others wait until it is {@linkplain #isFree free}.
 *
 * <p>Waiting goes through {@link Waits}, which refuses waits that could never end.
 */
public interface Occupied {
  /** Returns the thread that works on it, or {@code null} while none has taken it up. */
  @Nullable Thread occupant();

  /** Says whether the work is done; once true it stays true. */
  boolean isFree();

  /** Blocks until the work is done. */
  void awaitFree() throws InterruptedException;
}
