package dev.larder.tck.servers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged as a warning or worse, by a driver or by Larder, until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Begins to collect. */
  public LogLines() {
    root.addHandler(this);
  }

  /** Returns the lines so far, each behind the name of its logger and a colon. */
  public List<String> lines() {
    return lines;
  }

  /** Returns the lines of one logger. */
  public List<String> linesOf(String logger) {
    return lines.stream().filter(line -> line.startsWith(logger + ": ")).toList();
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      lines.add(line.getLoggerName() + ": " + line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
