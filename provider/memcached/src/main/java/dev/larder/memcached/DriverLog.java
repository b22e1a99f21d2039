package dev.larder.memcached;

import java.util.Map;
import net.spy.memcached.compat.log.AbstractLogger;
import net.spy.memcached.compat.log.Level;
import org.jspecify.annotations.Nullable;

/**
 * Hands the driver's log to {@link System.Logger}. The driver itself writes it to standard error,
 * several lines for each attempt to connect; here they are of level {@code DEBUG}, since failures
 * reach those who call.
 *
 * <p>Public because the driver creates it, by the name in the system property {@value #PROPERTY},
 * which is left alone where it is set.
 */
public final class DriverLog extends AbstractLogger {
  private static final String PROPERTY = "net.spy.log.LoggerImpl";

  private static final Map<Level, System.Logger.Level> LEVELS =
      Map.of(
          Level.INFO, System.Logger.Level.DEBUG,
          Level.WARN, System.Logger.Level.DEBUG,
          Level.ERROR, System.Logger.Level.WARNING,
          Level.FATAL, System.Logger.Level.ERROR);

  private final System.Logger log;

  /**
   * Creates the logger of a name; called by the driver.
   *
   * @param name the name of a class of the driver
   */
  public DriverLog(String name) {
    super(name);
    this.log = System.getLogger(name);
  }

  /** Has the driver use this class from its first line on, where it finds it. */
  static void install() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    String name = DriverLog.class.getName();
    try {
      var unused = Class.forName(name, false, AbstractLogger.class.getClassLoader());
      System.setProperty(PROPERTY, name);
    } catch (ClassNotFoundException e) {
      // The driver has another class loader, and keeps its own way of logging.
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isLoggable(System.Logger.Level.TRACE);
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isLoggable(System.Logger.Level.DEBUG);
  }

  @Override
  public void log(Level level, Object message, @Nullable Throwable failure) {
    log.log(
        LEVELS.getOrDefault(level, System.Logger.Level.TRACE), String.valueOf(message), failure);
  }
}
