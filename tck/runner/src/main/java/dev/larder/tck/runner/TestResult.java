package dev.larder.tck.runner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one test.
 *
 * @param className the test's class
 * @param testName the test's method with its parameters, or the class itself when its set-up failed
 * @param verdict what became of the test
 * @param ran whether the test was started and finished, and not skipped
 * @param duration the time between start and finish
 * @param cause the first thing that was thrown, null unless failed, in error, or skipped by an
 *     assumption
 */
record TestResult(
    String className,
    String testName,
    Verdict verdict,
    boolean ran,
    Duration duration,
    @Nullable Throwable cause) {

  String fullName() {
    return className + "#" + testName;
  }
}
