package dev.larder.tck.runner;

import java.io.PrintStream;
import java.util.List;

/**
 * What is told at the end of a run, and the exit status that follows from it.
 *
 * @param options what was asked for
 * @param results what came out
 */
record Summary(Options options, List<TestResult> results) {

  Counts counts() {
    return TestTally.count(results);
  }

  /** The ways in which the run is not as demanded; none if all is well. */
  List<String> deviations() {
    var expected = options.expected();
    if (expected != null) {
      return counts().deviationsFrom(expected);
    }
    return counts().hasFailures() ? List.of("there are failures or errors") : List.of();
  }

  /** Names every test that did not simply pass, with the first cause of its failure. */
  void printDetails(PrintStream out) {
    for (var result : results) {
      if (result.verdict() != Verdict.PASSED) {
        out.printf("%-10s %s%n", result.verdict(), result.fullName());
        for (var cause = result.cause(); cause != null; cause = cause.getCause()) {
          out.println("           " + String.valueOf(cause).lines().findFirst().orElse(""));
        }
      }
    }
    for (var deviation : deviations()) {
      out.println("NOT AS EXPECTED: " + deviation);
    }
  }

  /** The last line of the output. */
  String lastLine() {
    return "TCK " + options.name() + ": " + counts();
  }
}
