package dev.larder.docs.demo;

import dev.larder.docs.demo.Timings.Micros;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The closing table: what the run did, how long it took and what the cache saved.
 *
 * @param maxEntries the bound of the cache, {@link Long#MAX_VALUE} for none
 * @param entries how many answers the cache held at the end
 * @param cached the run's queries
 * @param uncached the same queries, or a sample of them, computed without a cache
 */
record Report(
    long maxEntries,
    CacheCounts counts,
    int entries,
    Timings cached,
    Timings uncached,
    AnswerCheck check) {

  List<String> lines(Terminal terminal) {
    var with = cached.wall();
    var without = wallWithoutCache();
    return List.of(
        row("queries", number(cached.queries()), ""),
        row("hits", number(counts.hits()), ""),
        row("misses", number(counts.misses()), ""),
        row("hit ratio", decimal(counts.hitPercent()) + " %", ""),
        row("evictions", number(counts.evictions()), ""),
        row(
            "entries",
            number(entries),
            maxEntries == Long.MAX_VALUE ? "no bound" : "at most " + number(maxEntries)),
        row("time per hit", cached.perHit(), terminal),
        row("time per miss", cached.perMiss(), terminal),
        row("wall time with cache", seconds(with), ""),
        row("wall time without", seconds(without), originOfWallWithoutCache()),
        terminal.bold(row("time saved", seconds(without.minus(with)), speedUp(with, without))),
        verdict(terminal));
  }

  private Duration wallWithoutCache() {
    double scale = (double) cached.queries() / uncached.queries();
    return Duration.ofNanos(Math.round(uncached.wall().toNanos() * scale));
  }

  private String originOfWallWithoutCache() {
    return uncached.queries() == cached.queries()
        ? "measured"
        : "estimated: " + number(uncached.queries()) + " queries measured, and scaled";
  }

  private String verdict(Terminal terminal) {
    var checked = number(check.equal()) + " of " + number(check.checked()) + " equal";
    var text = "answers checked: " + checked;
    if (check.passed()) {
      return terminal.green(text);
    }
    var wrong = check.wrong().isEmpty() ? "" : "; the first wrong one: " + check.wrong().get(0);
    return terminal.red(text + wrong);
  }

  private static String speedUp(Duration with, Duration without) {
    return decimal((double) without.toNanos() / with.toNanos()) + " times as fast";
  }

  private static String row(String label, @Nullable Micros time, Terminal terminal) {
    if (time == null) {
      return row(label, "-", "there was none");
    }
    var unit = " " + terminal.micro() + "s";
    return row(label, decimal(time.median()) + unit, "median; mean " + decimal(time.mean()) + unit);
  }

  private static String row(String label, String value, String note) {
    return String.format(Locale.ROOT, "%-22s %12s  %s", label, value, note).stripTrailing();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  private static String seconds(Duration time) {
    return decimal(time.toNanos() / 1e9) + " s";
  }
}
