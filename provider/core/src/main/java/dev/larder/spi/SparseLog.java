package dev.larder.spi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Warnings about what may go wrong many times a second, as all calls on a server that is down: one
 * line a second for each cause, which says how many it stands for. Safe for any thread.
 */
public final class SparseLog {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_CAUSES = 100;

  private final Logger log;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Lines> causes = new ConcurrentHashMap<>();

  /** Creates the log of a logger's name. */
  public SparseLog(String logger) {
    this(System.getLogger(logger), System::nanoTime);
  }

  SparseLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Logs a warning, unless there was one of the same cause within the last second.
   *
   * @param cause one of few, so without keys; it is not logged
   * @param message the line
   * @param failure is logged with it, if there is one
   */
  public void warn(String cause, String message, @Nullable Throwable failure) {
    if (causes.size() >= MAX_CAUSES && !causes.containsKey(cause)) {
      causes.clear();
    }
    long now = nanoTime.getAsLong();
    Lines lines = causes.computeIfAbsent(cause, any -> new Lines(now));
    long next = lines.next.get();
    if (now - next < 0 || !lines.next.compareAndSet(next, now + PAUSE_NANOS)) {
      lines.leftOut.increment();
      return;
    }
    long leftOut = lines.leftOut.sumThenReset();
    log.log(
        Level.WARNING,
        leftOut == 0 ? message : message + " (and %d times before)".formatted(leftOut),
        failure);
  }

  /** When the next line of a cause may be logged, and how many were not. */
  private static final class Lines {
    private final AtomicLong next;
    private final LongAdder leftOut = new LongAdder();

    Lines(long now) {
      this.next = new AtomicLong(now);
    }
  }
}
