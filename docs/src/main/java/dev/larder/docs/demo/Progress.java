package dev.larder.docs.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a run has come: one line redrawn on a terminal, a plain line now and then elsewhere. */
final class Progress {
  private static final int PLAIN_STEP_PERCENT = 10;
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;

  private final PrintStream out;
  private final Terminal terminal;
  private final long total;
  private final LongSupplier nanoTime;
  private final long start;
  private int nextPlainPercent = PLAIN_STEP_PERCENT;

  /**
   * Starts the clock.
   *
   * @param total how many queries there are
   * @param nanoTime the clock, such as {@link System#nanoTime}
   */
  Progress(PrintStream out, Terminal terminal, long total, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * Shows the number of queries answered and a note; cheap enough to be called ten times a second.
   */
  void show(long done, String note) {
    int percent = (int) (100 * done / total);
    if (terminal.interactive()) {
      redraw(line(done, percent, note));
    } else if (percent >= nextPlainPercent) {
      out.println(text(done, percent, note).stripTrailing());
      nextPlainPercent = percent - percent % PLAIN_STEP_PERCENT + PLAIN_STEP_PERCENT;
    }
  }

  /** Ends the line that was redrawn. */
  void end() {
    if (terminal.interactive()) {
      out.println();
    }
  }

  /** Tells in a line of its own what comes next. */
  void announce(String step) {
    out.println(step);
  }

  /** Clears the line and writes it without wrapping, which would leave parts behind. */
  private void redraw(String line) {
    out.print("\r\033[K\033[?7l" + line + "\033[?7h");
    out.flush();
  }

  private String line(long done, int percent, String note) {
    var text = text(done, percent, note);
    int room = terminal.columns() - 1;
    int bar = Math.min(LONGEST_BAR, room - text.length() - "[] ".length());
    if (bar < SHORTEST_BAR) {
      return text.substring(0, Math.min(room, text.length()));
    }
    int full = (int) (bar * done / total);
    return "[" + terminal.green("#".repeat(full)) + "-".repeat(bar - full) + "] " + text;
  }

  /** Always of the same width, for up to 9999 seconds left, so that the bar is. */
  private String text(long done, int percent, String note) {
    var all = number(total);
    var soFar = number(done);
    var padding = " ".repeat(all.length() - soFar.length());
    return String.format(
        Locale.ROOT,
        "%3d %%  %s%s of %s  %s  %-11s",
        percent,
        padding,
        soFar,
        all,
        note,
        remaining(done));
  }

  private String remaining(long done) {
    if (done == 0 || done == total) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - start) / 1e9 * (total - done) / done;
    return String.format(Locale.ROOT, "%.0f s left", Math.ceil(seconds));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
