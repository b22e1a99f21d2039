package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jsr107.tck.testutil.AllTestExcluder;
import org.junit.After;
import org.junit.Assert;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Ignore;
import org.junit.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** Runs small JUnit 4 classes, which only the runner under test knows how to run. */
@SuppressWarnings("DoNotCallSuggester") // Failing is what those tests are for.
class SuiteTest {

  private static final Logger OWN_LOGGER =
      Logger.getLogger("org.jsr107.tck.testutil." + ExclusionLog.class.getSimpleName());

  private final TestTally tally = new TestTally();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @AfterEach
  void unmute() {
    Logger.getLogger("").setLevel(Level.INFO);
    OWN_LOGGER.setFilter(null);
  }

  @Test
  void passingTestsAreRun() throws Exception {
    run(Passing.class);

    assertThat(tally.counts()).isEqualTo(new Counts(2, 0, 0, 0));
    assertThat(text(terminal)).startsWith("[ 1/1] " + Passing.class.getName() + ": 2 run, ");
  }

  @Test
  void brokenAssertionIsAFailureAndAnyOtherThrowableAnError() throws Exception {
    run(Failing.class);

    assertThat(tally.counts()).isEqualTo(new Counts(3, 1, 2, 0));
    assertThat(text(log)).contains("a broken promise", "not an assertion");
  }

  @Test
  void failuresOfBodyAndTeardownAreOneTestWithTheFirstCause() throws Exception {
    run(FailingTwice.class);

    assertThat(tally.counts()).isEqualTo(new Counts(1, 1, 0, 0));
    assertThat(only(tally.results()).cause()).hasMessage("body");
  }

  @Test
  void failureOfTheTeardownAloneCounts() throws Exception {
    run(FailingTeardown.class);

    assertThat(tally.counts()).isEqualTo(new Counts(1, 0, 1, 0));
  }

  @Test
  void failingSetUpOfAClassIsAnErrorWithoutATestRun() throws Exception {
    run(FailingClass.class);

    assertThat(tally.counts()).isEqualTo(new Counts(0, 0, 1, 0));
    assertThat(only(tally.results()).fullName())
        .isEqualTo(FailingClass.class.getName() + "#(class)");
  }

  @Test
  void skippedTestsAreNotRun() throws Exception {
    run(Skipping.class);

    assertThat(tally.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    assertThat(tally.results()).extracting(TestResult::verdict).containsOnly(Verdict.SKIPPED);
  }

  @Test
  void testLeftOutByTheTckIsRunAndExcluded() throws Exception {
    run(Excluded.class, Passing.class);

    assertThat(tally.counts()).isEqualTo(new Counts(3, 0, 0, 1));
    assertThat(tally.results().get(0).verdict()).isEqualTo(Verdict.EXCLUDED);
  }

  @Test
  void exclusionIsHeardThroughAMutedRoot() throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);

    run(Excluded.class);

    assertThat(tally.counts()).isEqualTo(new Counts(1, 0, 0, 1));
  }

  @Test
  void exclusionIsHeardAfterLoggingWasReset() throws Exception {
    run(ResettingLogs.class);

    assertThat(tally.counts()).isEqualTo(new Counts(1, 0, 0, 1));
  }

  @Test
  void nothingIsRunIfExclusionsCanNotBeHeard() {
    OWN_LOGGER.setFilter(record -> false);

    assertThatThrownBy(() -> run(Passing.class))
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining("exclusions can not be counted");
    assertThat(tally.results()).isEmpty();
  }

  @Test
  void exclusionsThatCanNoLongerBeHeardAreAnError() throws Exception {
    run(Muting.class, Passing.class);

    assertThat(tally.counts()).isEqualTo(new Counts(3, 0, 1, 0));
    assertThat(tally.results())
        .filteredOn(result -> result.verdict() == Verdict.ERROR)
        .extracting(TestResult::cause)
        .hasOnlyElementsOfType(SetUpException.class);
  }

  @Test
  void parametersMakeTestsOfTheirOwn() throws Exception {
    run(WithParameters.class);

    assertThat(tally.counts()).isEqualTo(new Counts(2, 1, 0, 0));
    assertThat(tally.results())
        .extracting(TestResult::testName)
        .containsExactly("fails[false]", "fails[true]");
  }

  @Test
  void onlyTheTestsThatThePatternIsFoundInAreRun() throws Exception {
    run(Pattern.compile("Failing#error$"), Failing.class, Passing.class);

    assertThat(tally.results())
        .extracting(TestResult::fullName)
        .containsExactly(Failing.class.getName() + "#error");
  }

  @Test
  void patternFoundInNoTestLeavesNothing() throws Exception {
    var loader = getClass().getClassLoader();
    var names = List.of(Passing.class.getName());

    assertThat(Suite.of(names, loader, Pattern.compile("nowhere")).isEmpty()).isTrue();
  }

  private void run(Class<?>... classes) throws Exception {
    run(null, classes);
  }

  private void run(Pattern only, Class<?>... classes) throws Exception {
    var names = List.of(classes).stream().map(Class::getName).toList();
    var suite = Suite.of(names, getClass().getClassLoader(), only);
    suite.run(tally, stream(terminal), stream(log));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static TestResult only(List<TestResult> results) {
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** Passes. */
  public static final class Passing {
    @org.junit.Test
    public void one() {}

    @org.junit.Test
    public void two() {}
  }

  /** Fails in three ways. */
  public static final class Failing {
    @org.junit.Test
    public void assertion() {
      Assert.fail("a broken promise");
    }

    @org.junit.Test
    public void error() {
      throw new IllegalStateException("not an assertion");
    }

    @org.junit.Test
    public void linkage() {
      throw new NoSuchMethodError();
    }
  }

  /** Fails in the body and in the teardown. */
  public static final class FailingTwice {
    @org.junit.Test
    public void body() {
      Assert.fail("body");
    }

    @After
    public void teardown() {
      throw new IllegalStateException("teardown");
    }
  }

  /** Fails in the teardown only. */
  public static final class FailingTeardown {
    @org.junit.Test
    public void body() {}

    @After
    public void teardown() {
      throw new IllegalStateException("teardown");
    }
  }

  /** Fails before its first test. */
  public static final class FailingClass {
    @BeforeClass
    public static void setUp() {
      throw new IllegalStateException("set-up");
    }

    @org.junit.Test
    public void neverRun() {}
  }

  /** Skips in both ways. */
  public static final class Skipping {
    @Ignore("for the test")
    @org.junit.Test
    public void ignored() {}

    @org.junit.Test
    public void assuming() {
      Assume.assumeTrue("never", false);
    }
  }

  /** Left out by the TCK's own rule. */
  public static final class Excluded {
    @Rule public final AllTestExcluder excluder = new AllTestExcluder();

    @org.junit.Test
    public void leftOut() {
      Assert.fail("the rule did not leave this out");
    }
  }

  /** Left out after a provider, say, has reset the loggers. */
  public static final class ResettingLogs {
    @Rule public final AllTestExcluder excluder = new AllTestExcluder();

    public ResettingLogs() {
      LogManager.getLogManager().reset();
    }

    @org.junit.Test
    public void leftOut() {
      Assert.fail("the rule did not leave this out");
    }
  }

  /** Silences the TCK's log. */
  public static final class Muting {
    @org.junit.Test
    public void mute() {
      OWN_LOGGER.setFilter(record -> false);
    }
  }

  /** Fails for one of its parameters. */
  @RunWith(Parameterized.class)
  public static final class WithParameters {
    private final boolean fails;

    public WithParameters(boolean fails) {
      this.fails = fails;
    }

    @Parameterized.Parameters(name = "{0}")
    public static List<Boolean> parameters() {
      return List.of(false, true);
    }

    @org.junit.Test
    public void fails() {
      Assert.assertFalse(fails);
    }
  }
}
