package dev.larder;

import java.io.Serializable;
import java.util.function.LongSupplier;

/**
 * A source of elapsed time, by which entries expire.
 *
 * <p>Its readings are nanoseconds since an arbitrary origin, never go back, and have nothing to do
 * with the time of day: setting the machine's clock neither expires entries nor keeps them. A test
 * can move time at will by a ticker of its own. May be read from any thread.
 */
@FunctionalInterface
public interface Ticker extends LongSupplier, Serializable {

  /** Returns the ticker of this JVM, which {@link System#nanoTime} drives. */
  static Ticker system() {
    return SystemTicker.NANO_TIME;
  }

  /** Returns the time elapsed since the ticker's origin, in nanoseconds. */
  @Override
  long getAsLong();
}
