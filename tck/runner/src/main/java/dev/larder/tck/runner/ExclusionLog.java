package dev.larder.tck.runner;

import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.runner.Description;
import org.junit.runner.notification.RunListener;

/**
 * Hears from the TCK's log which tests it leaves out.
 *
 * <p>An excluded test passes; the one trace that it leaves is a record at level INFO from a logger
 * below {@code org.jsr107.tck}. Providers reconfigure logging, so this class listens on that very
 * logger and not on the root, and sets itself up anew before each test and whenever the
 * configuration is read again. It then logs the name of the test, and checks that it hears that:
 * where it does not, exclusions could not be counted, and the run gets an error.
 */
final class ExclusionLog extends RunListener {

  private static final String TCK = "org.jsr107.tck";
  private static final String EXCLUDING = "EXCLUDING TEST";

  // Held, because LogManager forgets loggers that no one else holds.
  private final Logger tck = Logger.getLogger(TCK);
  private final Logger own = Logger.getLogger(TCK + ".testutil." + getClass().getSimpleName());
  private final Ear ear = new Ear();
  private final TestTally tally;
  private volatile boolean heard;

  private ExclusionLog(TestTally tally) {
    this.tally = tally;
  }

  /**
   * Begins to listen.
   *
   * @return the listener that must come after {@code tally} in JUnit's list
   */
  static ExclusionLog reportingTo(TestTally tally) {
    var log = new ExclusionLog(tally);
    LogManager.getLogManager().addConfigurationListener(log::listen);
    log.listenAndCheck("the run");
    return log;
  }

  @Override
  public void testStarted(Description description) {
    listenAndCheck(description.getDisplayName());
  }

  private void listenAndCheck(String what) {
    listen();
    heard = false;
    own.info("===== " + what);
    if (!heard) {
      throw new SetUpException(
          "exclusions can not be counted: the log manager "
              + LogManager.getLogManager().getClass().getName()
              + " keeps the records of logger "
              + TCK
              + " to itself; run without java.util.logging.manager");
    }
  }

  private void listen() {
    tck.setLevel(Level.INFO);
    if (!Arrays.asList(tck.getHandlers()).contains(ear)) {
      tck.addHandler(ear);
    }
  }

  /** The handler on the TCK's logger. */
  private final class Ear extends Handler {

    @Override
    public void publish(LogRecord record) {
      if (own.getName().equals(record.getLoggerName())) {
        heard = true;
      } else if (String.valueOf(record.getMessage()).contains(EXCLUDING)) {
        tally.latestWasExcluded();
      }
    }

    @Override
    public void flush() {}

    /** LogManager's reset takes handlers off their loggers, then closes them. */
    @Override
    public void close() {
      listen();
    }
  }
}
