package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final TestResult PASSED = result("passes", Verdict.PASSED, null);
  private static final TestResult FAILED =
      result("fails", Verdict.FAILED, new AssertionError("first line\nsecond line"));
  private static final TestResult ERROR =
      result("breaks", Verdict.ERROR, new IllegalStateException("outer", new Error("inner")));
  private static final TestResult EXCLUDED = result("leftOut", Verdict.EXCLUDED, null);

  @Test
  void lastLineHasTheLabelAndTheCounts() {
    assertThat(summary(List.of(PASSED, FAILED, ERROR, EXCLUDED), "--name", "memory").lastLine())
        .isEqualTo("TCK memory: 4 run, 1 failed, 1 errors, 1 excluded");
  }

  @Test
  void withoutExpectationFailuresAndErrorsDeviate() {
    assertThat(summary(List.of(PASSED, EXCLUDED)).deviations()).isEmpty();
    assertThat(summary(List.of(PASSED, FAILED)).deviations()).isNotEmpty();
    assertThat(summary(List.of(PASSED, ERROR)).deviations()).isNotEmpty();
  }

  @Test
  void expectedFailuresDoNotDeviate() {
    assertThat(summary(List.of(PASSED, FAILED), "--expect", "2,1,0,0").deviations()).isEmpty();
  }

  @Test
  void detailsNameWhatDidNotPassItsCausesAndTheDeviations() {
    var bytes = new ByteArrayOutputStream();

    summary(List.of(PASSED, FAILED, ERROR, EXCLUDED), "--expect", "4,1,1,0")
        .printDetails(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "FAILED     some.Test#fails",
            "           java.lang.AssertionError: first line",
            "ERROR      some.Test#breaks",
            "           java.lang.IllegalStateException: outer",
            "           java.lang.Error: inner",
            "EXCLUDED   some.Test#leftOut",
            "NOT AS EXPECTED: expected 0 excluded, but got 1");
  }

  private static Summary summary(List<TestResult> results, String... arguments) {
    return new Summary(Options.parse(arguments), results);
  }

  private static TestResult result(String name, Verdict verdict, Throwable cause) {
    return new TestResult("some.Test", name, verdict, true, Duration.ZERO, cause);
  }
}
