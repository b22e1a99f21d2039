package dev.larder.cdi;

import org.jspecify.annotations.Nullable;

/**
 * Says which results of a method are not to be kept. A bean, or a class with a constructor without
 * parameters; safe for any thread.
 */
@FunctionalInterface
public interface SkipRule {
  /** Says whether a result is not to be kept. */
  boolean skips(@Nullable Object result);
}
