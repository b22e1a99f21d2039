package dev.larder.tck;

import dev.larder.Ticker;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A ticker that stands still until it is told to move; safe for any thread. */
public final class ManualTicker implements Ticker {
  @Serial private static final long serialVersionUID = 1L;

  private final AtomicLong nanos = new AtomicLong();

  /** Creates a ticker that reads zero. */
  public ManualTicker() {}

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  /**
   * Moves the ticker forward.
   *
   * @throws IllegalArgumentException if the time is negative, for tickers never go back
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time is " + time + "; a ticker never goes back");
    }
    nanos.addAndGet(time.toNanos());
  }
}
