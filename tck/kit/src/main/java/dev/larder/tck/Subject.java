package dev.larder.tck;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The backend under test, as its author presents it to the kit. */
@FunctionalInterface
public interface Subject {

  /** Returns the URI by which the caching provider finds the backend. */
  URI uri();

  /** Returns what the backend can do; everything, if this is not overridden. */
  default Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * Lets time pass for the caches that have this ticker. A backend that reads another clock must
   * override this, and either move that clock or wait.
   */
  default void elapse(ManualTicker ticker, Duration time) {
    ticker.advance(time);
  }
}
