package dev.larder.tck.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four numbers that sum up a run of the TCK.
 *
 * @param run tests that were started and finished, the failing and the excluded ones among them
 * @param failed tests whose first failure was an {@link AssertionError}
 * @param errors tests whose first failure was anything else
 * @param excluded tests that the TCK replaced by an empty statement, and that JUnit calls passed
 */
record Counts(int run, int failed, int errors, int excluded) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6}),(\\d{1,6}),(\\d{1,6}),(\\d{1,6})");

  /** Reads the form {@code run,failed,errors,excluded}. */
  static Counts parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not of the form run,failed,errors,excluded, such as 481,0,0,1");
    }
    return new Counts(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  boolean hasFailures() {
    return failed > 0 || errors > 0;
  }

  /** Says, one line for each, which numbers differ from what was expected. */
  List<String> deviationsFrom(Counts expected) {
    var deviations = new ArrayList<String>();
    compare("run", expected.run, run, deviations);
    compare("failed", expected.failed, failed, deviations);
    compare("errors", expected.errors, errors, deviations);
    compare("excluded", expected.excluded, excluded, deviations);
    return List.copyOf(deviations);
  }

  private static void compare(String what, int expected, int actual, List<String> deviations) {
    if (expected != actual) {
      deviations.add("expected " + expected + " " + what + ", but got " + actual);
    }
  }

  /** The number of tests run, and of the other numbers those that are not zero. */
  String brief() {
    return run
        + " run"
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (errors == 0 ? "" : ", " + errors + " errors")
        + (excluded == 0 ? "" : ", " + excluded + " excluded");
  }

  @Override
  public String toString() {
    return run + " run, " + failed + " failed, " + errors + " errors, " + excluded + " excluded";
  }
}
