package dev.larder.tck.runner;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Runner;
import org.junit.runner.manipulation.Filter;
import org.junit.runner.manipulation.NoTestsRemainException;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/** The tests to run, class after class on the calling thread. */
final class Suite {

  private final List<Runner> runners;

  private Suite(List<Runner> runners) {
    this.runners = runners;
  }

  /** The tests of these classes, or those of them that {@code only} is found in. */
  static Suite of(List<String> classNames, ClassLoader loader, @Nullable Pattern only)
      throws ClassNotFoundException {
    var runners = new ArrayList<Runner>();
    for (var className : classNames) {
      var runner = Request.aClass(Class.forName(className, false, loader)).getRunner();
      if (only == null || keep(only, runner)) {
        runners.add(runner);
      }
    }
    return new Suite(runners);
  }

  boolean isEmpty() {
    return runners.isEmpty();
  }

  /** The tests as {@code class#method}, in the order in which they run. */
  List<String> testNames() {
    var names = new ArrayList<String>();
    runners.forEach(runner -> addTests(runner.getDescription(), names));
    return List.copyOf(names);
  }

  /** Runs the tests and prints a line for each class; what they print goes to {@code log}. */
  void run(TestTally tally, PrintStream terminal, PrintStream log) {
    var junit = new JUnitCore();
    junit.addListener(new FailureLog(log));
    junit.addListener(tally);
    junit.addListener(ExclusionLog.reportingTo(tally));
    for (int i = 0; i < runners.size(); i++) {
      var runner = runners.get(i);
      int before = tally.results().size();
      var result = junit.run(Request.runner(runner));
      var results = tally.results();
      var counts = TestTally.count(results.subList(before, results.size()));
      terminal.printf(
          Locale.ROOT,
          "[%2d/%d] %s: %s, %.1f s%n",
          i + 1,
          runners.size(),
          runner.getDescription().getDisplayName(),
          counts.brief(),
          result.getRunTime() / 1000.0);
    }
  }

  private static boolean keep(Pattern only, Runner runner) {
    try {
      new NameFilter(only).apply(runner);
      return true;
    } catch (NoTestsRemainException e) {
      return false; // That is how JUnit says so.
    }
  }

  private static void addTests(Description description, List<String> names) {
    if (description.isTest()) {
      names.add(name(description));
    }
    description.getChildren().forEach(child -> addTests(child, names));
  }

  private static String name(Description test) {
    return test.getClassName() + "#" + test.getMethodName();
  }

  /** Lets pass the tests that a pattern is found in. */
  private static final class NameFilter extends Filter {
    private final Pattern pattern;

    NameFilter(Pattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public boolean shouldRun(Description description) {
      if (description.isTest()) {
        return pattern.matcher(name(description)).find();
      }
      return description.getChildren().stream().anyMatch(this::shouldRun);
    }

    @Override
    public String describe() {
      return "tests with " + pattern;
    }
  }

  /** Puts the stack traces of failures among what the tests print. */
  private static final class FailureLog extends RunListener {
    private final PrintStream log;

    FailureLog(PrintStream log) {
      this.log = log;
    }

    @Override
    public void testFailure(Failure failure) {
      log.println("===== Failure of " + failure.getTestHeader());
      log.println(failure.getTrace());
    }
  }
}
