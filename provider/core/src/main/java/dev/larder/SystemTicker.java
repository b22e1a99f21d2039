package dev.larder;

/** The ticker of this JVM; its origin is the loading of this class. */
enum SystemTicker implements Ticker {
  NANO_TIME;

  private static final long ORIGIN = System.nanoTime();

  @Override
  public long getAsLong() {
    return System.nanoTime() - ORIGIN;
  }
}
