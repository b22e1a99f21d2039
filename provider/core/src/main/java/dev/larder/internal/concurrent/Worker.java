package dev.larder.internal.concurrent;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of one call: runs its tasks one after the other, and knows the thread that is at
 * it.
 */
public interface Worker extends Executor {

  /** Returns the thread that works for the call at this moment, {@code null} if none does. */
  @Nullable Thread thread();

  /** Returns the thread that made the call. */
  Thread caller();

  /** Says whether the thread that makes the call waits for it, and so may wait for a key too. */
  boolean mayBlock();
}
