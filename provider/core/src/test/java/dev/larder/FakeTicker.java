package dev.larder;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. */
public final class FakeTicker implements Ticker {
  @Serial private static final long serialVersionUID = 1L;

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  /** Moves time on. */
  public void advance(long byNanos) {
    nanos.addAndGet(byNanos);
  }
}
