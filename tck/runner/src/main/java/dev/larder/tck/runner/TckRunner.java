package dev.larder.tck.runner;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the JCache TCK against the one provider on the class path; {@code --help} tells how.
 *
 * <p>The tests run in this JVM. What they, the provider and the loggers print goes to a file.
 */
public final class TckRunner {

  private static final int AS_EXPECTED = 0;
  private static final int NOT_AS_EXPECTED = 1;
  private static final int NOT_RUN = 2;
  private static final int CUT_SHORT = 3;

  private final Options options;
  private final ClassLoader loader = TckRunner.class.getClassLoader();
  private final PrintStream terminal = System.out;
  private final TestTally tally = new TestTally();

  @GuardedBy("this")
  private boolean reported;

  @GuardedBy("this")
  private int status = CUT_SHORT;

  private TckRunner(Options options) {
    this.options = options;
  }

  /**
   * Runs the TCK and ends the JVM.
   *
   * @param arguments as {@code --help} lists them
   */
  public static void main(String[] arguments) {
    var errors = System.err; // The run redirects it.
    try {
      System.exit(run(Options.parse(arguments)));
    } catch (SetUpException e) {
      errors.println("tck-runner: " + e.getMessage());
      System.exit(NOT_RUN);
    } catch (Exception | Error e) {
      e.printStackTrace(errors);
      System.exit(CUT_SHORT);
    }
  }

  private static int run(Options options) throws Exception {
    return switch (options.task()) {
      case HELP -> {
        System.out.print(Options.HELP);
        yield AS_EXPECTED;
      }
      case LIST -> {
        new TckRunner(options).list();
        yield AS_EXPECTED;
      }
      case RUN -> new TckRunner(options).run();
    };
  }

  private void list() throws Exception {
    setGeneralProperties();
    suite(TckClasses.find(loader, options.annotations())).testNames().forEach(terminal::println);
  }

  private int run() throws Exception {
    setGeneralProperties();
    var classes = TckClasses.find(loader, options.annotations());
    var provider = ProviderProbe.find(loader);
    var log = redirectOutput();
    terminal.println("Provider " + provider);
    terminal.println("TCK " + classes.jar());

    var earlyEnd = new Thread(this::endEarly, "tck-early-end");
    Runtime.getRuntime().addShutdownHook(earlyEnd);
    giveUpInTime();
    try {
      provider.unwrapTargets().forEach(this::setUnwrapProperty);
      suite(classes).run(tally, terminal, log);
      return end();
    } catch (SetUpException e) {
      Runtime.getRuntime().removeShutdownHook(earlyEnd);
      throw e;
    }
  }

  private Suite suite(TckClasses classes) throws ClassNotFoundException {
    var suite = Suite.of(classes.names(), loader, options.only());
    if (suite.isEmpty()) {
      throw new SetUpException("--only '" + options.only() + "' is found in no test; see --list");
    }
    return suite;
  }

  private void setGeneralProperties() {
    options.properties().forEach(System::setProperty);
    setUnlessGiven("java.net.preferIPv4Stack", "true");
    setUnlessGiven("org.jsr107.tck.support.server.address", "127.0.0.1");
    setUnlessGiven("ExcludeList", "dev/larder/tck/runner/ExcludeList");
  }

  private void setUnwrapProperty(UnwrapTarget target) {
    var ours = setUnlessGiven(target.property(), target.className());
    if (ours && !target.accepted()) {
      terminal.printf(
          "%s does not unwrap to itself; name what it unwraps to with -D%s=CLASS%n",
          target.className(), target.property());
    }
  }

  private static boolean setUnlessGiven(String property, String value) {
    if (System.getProperty(property) != null) {
      return false;
    }
    System.setProperty(property, value);
    return true;
  }

  /** The log is never closed: the provider's shutdown hooks may print as well. */
  private PrintStream redirectOutput() throws IOException {
    var file = logFile().toAbsolutePath();
    Files.createDirectories(file.getParent());
    var log = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    System.setOut(log);
    System.setErr(log);
    terminal.println("Log " + file);
    return log;
  }

  private Path logFile() throws IOException {
    var chosen = options.log();
    if (chosen != null) {
      return chosen;
    }
    var target = Path.of("target");
    return Files.isDirectory(target)
        ? target.resolve("tck-" + options.name() + ".log")
        : Files.createTempFile("tck-" + options.name() + "-", ".log");
  }

  /** The provider can hang: when asked, tested, and shut down. */
  private void giveUpInTime() {
    var timeout = options.timeout();
    CompletableFuture.delayedExecutor(
            timeout.toMillis(), MILLISECONDS, task -> new Thread(task, "tck-time-is-up").start())
        .execute(() -> cutShort("after " + timeout.toSeconds() + " s", ThreadDump.take()));
  }

  /** As a shutdown hook, which has nothing to do after the regular end. */
  private void endEarly() {
    if (!isReported()) {
      cutShort("because something ended the JVM", "");
    }
  }

  private synchronized boolean isReported() {
    return reported;
  }

  private synchronized void cutShort(String why, String details) {
    if (!reported) {
      terminal.println("Cut short " + why);
      terminal.print(details);
      report(new Summary(options, tally.results()));
    }
    Runtime.getRuntime().halt(status); // After the regular end, what hangs changes no result.
  }

  private synchronized int end() {
    var summary = new Summary(options, tally.results());
    status = summary.deviations().isEmpty() ? AS_EXPECTED : NOT_AS_EXPECTED;
    report(summary);
    return status;
  }

  @GuardedBy("this")
  private void report(Summary summary) {
    reported = true;
    var file = options.report();
    if (file != null) {
      try {
        XmlReport.write(file, options.name(), summary.results());
      } catch (IOException e) {
        terminal.println("NOT AS EXPECTED: can not write the report: " + e);
        status = Math.max(status, NOT_AS_EXPECTED);
      }
    }
    summary.printDetails(terminal);
    terminal.println(summary.lastLine());
  }
}
