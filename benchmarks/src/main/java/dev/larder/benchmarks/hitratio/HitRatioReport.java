package dev.larder.benchmarks.hitratio;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.larder.benchmarks.hitratio.HitRatios.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Turns what {@link HitRatios} measured into Markdown tables and a plot. */
final class HitRatioReport {
  private static final String OPTIMUM = Candidate.BELADY.title();
  private static final String YARDSTICK = Candidate.EXACT_LRU.title();
  private static final List<String> PLOTTED =
      List.of(OPTIMUM, "tiny-lfu", "s3-fifo", Candidate.CAFFEINE.title(), YARDSTICK, "sieve");
  private static final List<String> COLORS =
      List.of("#888888", "#d62728", "#2ca02c", "#1f77b4", "#ff7f0e", "#9467bd");

  private final List<Double> sizes;
  private final List<Measured> traces;

  private HitRatioReport(List<Double> sizes, List<Measured> traces) {
    this.sizes = sizes;
    this.traces = traces;
  }

  /** Reads the JSON of a run. */
  static HitRatioReport of(String json) {
    Config run = ConfigFactory.parseString(json);
    List<Measured> traces = new ArrayList<>();
    for (Config trace : run.getConfigList("traces")) {
      Map<String, List<Double>> hits = new LinkedHashMap<>();
      Config byCandidate = trace.getConfig("hits");
      for (Candidate candidate : Candidate.values()) {
        hits.put(candidate.title(), byCandidate.getDoubleList("\"" + candidate.title() + "\""));
      }
      traces.add(new Measured(trace.getString("name"), trace.getEnum(Kind.class, "kind"), hits));
    }
    return new HitRatioReport(run.getDoubleList("sizes"), traces);
  }

  // ---- tables ---------------------------------------------------------------------------------

  /** Returns what each policy reaches, over all traces and sizes. */
  String summary() {
    StringBuilder table =
        new StringBuilder(
            """
            | | mean hit ratio | gap closed, traces from files | generated | both | moving | all | least, next to LRU |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """);
    for (Candidate candidate : Candidate.values()) {
      String title = candidate.title();
      table.append(
          line(
              "| %s | %.1f %% | %d %% | %d %% | **%d %%** | %d %% | %d %% | %s |",
              title,
              mean(title, trace -> true),
              gapClosed(title, trace -> trace.kind() == Kind.FILE),
              gapClosed(title, trace -> trace.kind() == Kind.RESTING),
              gapClosed(title, trace -> trace.kind() != Kind.MOVING),
              gapClosed(title, trace -> trace.kind() == Kind.MOVING),
              gapClosed(title, trace -> true),
              least(title)));
    }
    return table.toString();
  }

  /** Returns the mean over the sizes, trace by trace. */
  String byTrace() {
    StringBuilder table = new StringBuilder("| |");
    PLOTTED.forEach(title -> table.append(' ').append(title).append(" |"));
    table.append("\n| --- |").append(" ---: |".repeat(PLOTTED.size())).append('\n');
    for (Measured trace : traces) {
      table.append("| ").append(trace.name()).append(" |");
      for (String title : PLOTTED) {
        table.append(String.format(Locale.ROOT, " %.1f |", mean(title, trace::equals)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private double mean(String title, Predicate<Measured> chosen) {
    return traces.stream()
        .filter(chosen)
        .flatMap(trace -> trace.of(title).stream())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  /** Returns which part of the gap between LRU and the optimum a policy closes, in percent. */
  private long gapClosed(String title, Predicate<Measured> chosen) {
    double lru = mean(YARDSTICK, chosen);
    return Math.round(100 * (mean(title, chosen) - lru) / (mean(OPTIMUM, chosen) - lru));
  }

  private String least(String title) {
    double least = Double.MAX_VALUE;
    String where = "";
    for (Measured trace : traces) {
      for (int i = 0; i < sizes.size(); i++) {
        double difference = trace.of(title).get(i) - trace.of(YARDSTICK).get(i);
        if (difference < least) {
          least = difference;
          where = "%s at %s %%".formatted(trace.name(), sizes.get(i));
        }
      }
    }
    return least == 0 ? "±0" : String.format(Locale.ROOT, "%+.1f points (%s)", least, where);
  }

  // ---- the plot -------------------------------------------------------------------------------

  /** Returns an SVG of the mean hit ratios by size. */
  String plot() {
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" font-family="sans-serif" font-size="13">
            <title>Mean hit ratio by size of the cache</title>
            <rect width="640" height="400" fill="#ffffff"/>
            """);
    for (int percent = 0; percent <= 80; percent += 20) {
      svg.append(
          line(
              "<line x1=\"60\" x2=\"500\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
              y(percent), y(percent)));
      svg.append(
          line(
              "<text x=\"52\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>",
              y(percent) + 4, percent));
    }
    for (int i = 0; i < sizes.size(); i++) {
      svg.append(
          line(
              "<text x=\"%.1f\" y=\"372\" text-anchor=\"middle\">%s %%</text>",
              x(i), sizes.get(i)));
    }
    svg.append(
        "<text x=\"280\" y=\"392\" text-anchor=\"middle\">size, of the distinct keys</text>\n");
    for (int i = 0; i < PLOTTED.size(); i++) {
      curve(svg, PLOTTED.get(i), COLORS.get(i), 60 + 22 * i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void curve(StringBuilder svg, String title, String color, int legendY) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < sizes.size(); i++) {
      int size = i;
      double mean =
          traces.stream().mapToDouble(trace -> trace.of(title).get(size)).average().orElseThrow();
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(mean)));
    }
    svg.append(
        line(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
            points.toString().strip(), color));
    svg.append(line("<text x=\"515\" y=\"%d\" fill=\"%s\">%s</text>", legendY, color, title));
  }

  private double x(int size) {
    return 80 + 400.0 * size / (sizes.size() - 1);
  }

  private static double y(double percent) {
    return 350 - 4 * percent;
  }

  private static String line(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments) + "\n";
  }

  /**
   * What was measured on one trace.
   *
   * @param hits the percentages by size, by the candidate's title
   */
  private record Measured(String name, Kind kind, Map<String, List<Double>> hits) {
    List<Double> of(String title) {
      return hits.get(title);
    }
  }
}
