package dev.larder.tck.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param name the label of the last line, the report and the log
 * @param expected the counts that the run must have, or null
 * @param annotations whether to run the annotation tests, and not all others
 * @param only what the {@code class#method} of a test must contain to be run, or null for all
 * @param timeout the time after which the run is given up
 * @param report where to write the results in JUnit's XML, or null
 * @param log where to write what the TCK and the provider print, or null for the default
 * @param properties system properties to set
 * @param task what to do
 */
record Options(
    String name,
    @Nullable Counts expected,
    boolean annotations,
    @Nullable Pattern only,
    Duration timeout,
    @Nullable Path report,
    @Nullable Path log,
    Map<String, String> properties,
    Task task) {

  static final String HELP =
      """
      Runs the JCache TCK 1.1.1, unmodified, against the one provider on the class path.

      Usage: java -cp RUNNER:TCK:PROVIDER dev.larder.tck.runner.TckRunner [option]...

        --name NAME          the label of this run: letters, digits, '.', '_' and '-',
                             in one word or several (default: provider)
        --expect R,F,E,X     demand exactly R tests run, F failed, E errors, X excluded,
                             such as 481,0,0,1
        --annotations        run the annotation tests, and not all others; they need a
                             javax.cache.annotation.BeanProvider on the class path
        --only PATTERN       run only tests whose class#method has a match of this regular
                             expression
        --timeout MINUTES    give up after so long, with a thread dump (default: 20)
        --report FILE        write the results in JUnit's XML
        --log FILE           write what the TCK and the provider print to this file
                             (default: tck-NAME.log in target, or in the temporary folder)
        -DNAME=VALUE         set a system property, as before the class name
        --list               list the tests and stop
        --help               print this and stop

      The last line sums up, such as "TCK memory: 481 run, 0 failed, 0 errors, 1 excluded":
        run       tests started and finished, the failed and the excluded ones among them
        failed    tests whose first failure was an AssertionError
        errors    tests whose first failure was anything else; also what JUnit reports of a
                  class, which is not a test that was run
        excluded  tests that the TCK left out in silence; JUnit calls them passed
      A test whose body and teardown both fail counts once. Skipped tests are not run.

      Exit status:
        0  with --expect: the counts are those; without: nothing failed
        1  with --expect: any of the counts differs; without: failures or errors
        2  no test was run: a bad option, not exactly one provider, or one that does not start
        3  the time was up, or something ended the JVM before the tests had ended

      These system properties are set, unless given:
        java.net.preferIPv4Stack=true
        org.jsr107.tck.support.server.address=127.0.0.1
        ExcludeList=dev/larder/tck/runner/ExcludeList (org.jsr107.tck.CachingTest#dummyTest)
        javax.cache.CacheManager, javax.cache.Cache, javax.cache.Cache.Entry: the classes that
                             the provider's default manager is found to use
      """;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+( [A-Za-z0-9._-]+)*");
  private static final Pattern PROPERTY = Pattern.compile("-D([^=]+)=(.*)");
  private static final Pattern MINUTES = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?");

  /** What to do. */
  enum Task {
    RUN,
    LIST,
    HELP
  }

  static Options parse(String... arguments) {
    var name = "provider";
    Counts expected = null;
    var annotations = false;
    Pattern only = null;
    var timeout = Duration.ofMinutes(20);
    Path report = null;
    Path log = null;
    var properties = new LinkedHashMap<String, String>();
    var task = Task.RUN;
    var left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      var option = left.remove();
      switch (option) {
        case "--name" -> name = name(value(option, left));
        case "--expect" -> expected = counts(value(option, left));
        case "--annotations" -> annotations = true;
        case "--only" -> only = pattern(value(option, left));
        case "--timeout" -> timeout = minutes(value(option, left));
        case "--report" -> report = Path.of(value(option, left));
        case "--log" -> log = Path.of(value(option, left));
        case "--list" -> task = Task.LIST;
        case "--help" -> task = Task.HELP;
        default -> {
          var property = PROPERTY.matcher(option);
          if (!property.matches()) {
            throw new SetUpException("unknown option '" + option + "'; see --help");
          }
          properties.put(property.group(1), property.group(2));
        }
      }
    }
    return new Options(
        name, expected, annotations, only, timeout, report, log, Map.copyOf(properties), task);
  }

  private static String value(String option, ArrayDeque<String> left) {
    var value = left.poll();
    if (value == null) {
      throw new SetUpException(option + " needs a value; see --help");
    }
    return value;
  }

  private static String name(String value) {
    if (!NAME.matcher(value).matches()) {
      throw new SetUpException(
          "--name '" + value + "' may only have words of letters, digits, '.', '_' and '-'");
    }
    return value;
  }

  private static Counts counts(String value) {
    try {
      return Counts.parse(value);
    } catch (IllegalArgumentException e) {
      throw new SetUpException("--expect: " + e.getMessage(), e);
    }
  }

  private static Pattern pattern(String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new SetUpException("--only '" + value + "' is no regular expression: " + e, e);
    }
  }

  private static Duration minutes(String value) {
    if (!MINUTES.matcher(value).matches()) {
      throw new SetUpException("--timeout '" + value + "' is not a number of minutes, up to 9999");
    }
    return Duration.ofMillis((long) (Double.parseDouble(value) * 60_000));
  }
}
