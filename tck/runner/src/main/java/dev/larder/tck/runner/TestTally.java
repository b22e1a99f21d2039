package dev.larder.tck.runner;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.runner.Description;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Collects what JUnit reports, one result for each test.
 *
 * <p>JUnit reports a failing body and a failing teardown as two failures of the same test; here the
 * first one stands for both.
 */
final class TestTally extends RunListener {

  // The thread that runs the tests writes; those that log and the watchdog come here as well.
  @GuardedBy("this")
  private final Map<Description, Progress> tests = new LinkedHashMap<>();

  @GuardedBy("this")
  private @Nullable Progress latest;

  @Override
  public synchronized void testStarted(Description description) {
    var test = test(description);
    test.startedAt = System.nanoTime();
    test.state = State.STARTED;
    latest = test;
  }

  @Override
  public synchronized void testFinished(Description description) {
    var test = test(description);
    test.nanos = System.nanoTime() - test.startedAt;
    test.state = State.FINISHED;
  }

  @Override
  public synchronized void testFailure(Failure failure) {
    var test = test(failure.getDescription());
    if (!test.failed) {
      test.failed = true;
      test.cause = failure.getException();
    }
  }

  @Override
  public synchronized void testAssumptionFailure(Failure failure) {
    var test = test(failure.getDescription());
    test.skipped = true;
    if (test.cause == null) {
      test.cause = failure.getException();
    }
  }

  @Override
  public synchronized void testIgnored(Description description) {
    test(description).skipped = true;
  }

  /** Notes that the TCK left out the test that was started last. */
  synchronized void latestWasExcluded() {
    if (latest != null) {
      latest.excluded = true;
    }
  }

  synchronized List<TestResult> results() {
    return tests.values().stream().map(Progress::result).toList();
  }

  Counts counts() {
    return count(results());
  }

  static Counts count(List<TestResult> results) {
    return new Counts(
        (int) results.stream().filter(TestResult::ran).count(),
        count(results, Verdict.FAILED),
        count(results, Verdict.ERROR),
        count(results, Verdict.EXCLUDED));
  }

  static int count(List<TestResult> results, Verdict verdict) {
    return (int) results.stream().filter(result -> result.verdict() == verdict).count();
  }

  @GuardedBy("this")
  private Progress test(Description description) {
    return tests.computeIfAbsent(description, Progress::new);
  }

  /** How far a test got; a class whose set-up fails is never started. */
  private enum State {
    NOT_STARTED,
    STARTED,
    FINISHED
  }

  /** What is known so far of one test. */
  private static final class Progress {
    private final Description description;
    private State state = State.NOT_STARTED;
    private long startedAt;
    private long nanos;
    private boolean failed;
    private boolean skipped;
    private boolean excluded;
    private @Nullable Throwable cause;

    Progress(Description description) {
      this.description = description;
    }

    TestResult result() {
      var method = description.getMethodName();
      var verdict = verdict();
      return new TestResult(
          description.getClassName(),
          method == null ? "(class)" : method,
          verdict,
          state == State.FINISHED && verdict != Verdict.SKIPPED,
          Duration.ofNanos(nanos),
          cause);
    }

    private Verdict verdict() {
      if (failed) {
        return cause instanceof AssertionError ? Verdict.FAILED : Verdict.ERROR;
      }
      if (skipped) {
        return Verdict.SKIPPED;
      }
      if (state == State.STARTED) {
        return Verdict.UNFINISHED;
      }
      return excluded ? Verdict.EXCLUDED : Verdict.PASSED;
    }
  }
}
