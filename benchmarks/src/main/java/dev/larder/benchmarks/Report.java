package dev.larder.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Turns the JSON that JMH writes into Markdown tables.
 *
 * <p>A cell says how fast a subject is relative to {@link java.util.concurrent.ConcurrentHashMap}
 * in the same run, what an operation took, and what it allocated. Times are medians over the
 * iterations of all forks, which a busy neighbour disturbs less than it does means; they are
 * processor times where {@link CpuTime} measured them.
 */
public final class Report {
  private static final String BYTES = "gc.alloc.rate.norm";
  private static final String NOTHING = "–";

  /** By title, then by operation, then by subject. */
  private final Map<String, Map<String, Map<Subject, Cell>>> tables = new LinkedHashMap<>();

  private Report() {}

  /** Prints the tables of these files, each the outcome of one run with {@code -rf json}. */
  public static void main(String[] files) throws IOException {
    for (String file : files) {
      System.out.println(of(Files.readString(Path.of(file))));
    }
  }

  /** Returns the tables of one run. */
  static String of(String json) {
    Report report = new Report();
    // The parser wants an object at the top, and JMH writes an array.
    ConfigFactory.parseString("{results: " + json + "}")
        .getConfigList("results")
        .forEach(report::add);
    return report.toMarkdown();
  }

  private void add(Config result) {
    String benchmark = result.getString("benchmark");
    String operation = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    Config params = result.getConfig("params");
    tables
        .computeIfAbsent(title(result.getInt("threads"), params), missing -> new LinkedHashMap<>())
        .computeIfAbsent(operation, missing -> new EnumMap<>(Subject.class))
        .put(params.getEnum(Subject.class, "subject"), cell(result));
  }

  private static String title(int threads, Config params) {
    String count = threads == 1 ? "1 thread" : threads + " threads";
    if (params.hasPath("value")) {
      return count + ", by value, " + params.getEnum(CopyBenchmark.Value.class, "value").title();
    }
    return String.join(
        ", ",
        count,
        params.getBoolean("bounded") ? "bounded" : "unbounded",
        params.getBoolean("byValue") ? "by value" : "by reference",
        params.getBoolean("statistics") ? "with statistics" : "without statistics",
        params.getString("lifetime").toLowerCase(Locale.ROOT));
  }

  private static Cell cell(Config result) {
    String cpuTime = secondary(CpuTime.LABEL);
    String metric = result.hasPath(cpuTime) ? cpuTime : "primaryMetric";
    List<Double> times = new ArrayList<>();
    for (Object fork : result.getConfig(metric).getAnyRefList("rawData")) {
      for (Object time : (List<?>) fork) {
        times.add(((Number) time).doubleValue());
      }
    }
    times.sort(null);
    int middle = times.size() / 2;
    double median =
        times.size() % 2 == 1 ? times.get(middle) : (times.get(middle - 1) + times.get(middle)) / 2;
    String bytes = secondary(BYTES) + ".score";
    return new Cell(median, result.hasPath(bytes) ? result.getDouble(bytes) : Double.NaN);
  }

  private static String secondary(String label) {
    return "secondaryMetrics.\"" + label + "\"";
  }

  private String toMarkdown() {
    StringBuilder markdown = new StringBuilder();
    tables.forEach(
        (title, operations) -> {
          Set<Subject> subjects = EnumSet.noneOf(Subject.class);
          operations.values().forEach(cells -> subjects.addAll(cells.keySet()));
          markdown.append("### ").append(title).append("\n\n");
          row(markdown, "", subjects.stream().map(Subject::title).toList());
          row(markdown, "---", subjects.stream().map(subject -> "---:").toList());
          operations.forEach(
              (operation, cells) ->
                  row(
                      markdown,
                      operation,
                      subjects.stream()
                          .map(
                              subject ->
                                  text(cells.get(subject), cells.get(Subject.CONCURRENT_HASH_MAP)))
                          .toList()));
          markdown.append('\n');
        });
    return markdown.toString();
  }

  private static void row(StringBuilder markdown, String head, List<String> cells) {
    markdown.append("| ").append(head).append(" | ");
    markdown.append(String.join(" | ", cells)).append(" |\n");
  }

  private static String text(Cell cell, Cell yardstick) {
    if (cell == null) {
      return NOTHING;
    }
    String ratio = yardstick == null ? NOTHING : format("%.2f", yardstick.nanos() / cell.nanos());
    String bytes = Double.isNaN(cell.bytes()) ? "" : format(", %.0f B", cell.bytes());
    return "**" + ratio + "** " + format("%.1f ns", cell.nanos()) + bytes;
  }

  private static String format(String pattern, double number) {
    return String.format(Locale.ROOT, pattern, number);
  }

  private record Cell(double nanos, double bytes) {}
}
