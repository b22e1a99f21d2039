package dev.larder;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what another thread does, with an end. */
public final class Eventually {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 5;

  private Eventually() {}

  /** Returns once the condition holds; fails with the message if that takes too long. */
  public static void await(String message, BooleanSupplier condition) {
    await(message, LONGEST_WAIT, condition);
  }

  /** Returns once the condition holds; fails with the message if that takes longer than allowed. */
  static void await(String message, Duration longestWait, BooleanSupplier condition) {
    long deadline = System.nanoTime() + longestWait.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + longestWait + ": " + message);
      }
      try {
        Thread.sleep(PAUSE_MILLIS); // between two looks; no test relies on its length
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
