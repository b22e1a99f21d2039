package dev.larder.benchmarks.hitratio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what share of the accesses of a trace a cache answers, for each policy, at sizes from
 * 0.5 to 25 % of the distinct keys.
 */
public final class HitRatios {
  static final double[] SIZES = {0.5, 1, 5, 10, 25};

  /** Where a trace comes from. */
  enum Kind {
    /** It was read from a file. */
    FILE,
    /** It was generated, and its popular keys stay so, or change now and then. */
    RESTING,
    /** It was generated, and its popular keys change all the time. */
    MOVING
  }

  private HitRatios() {}

  /**
   * Prints JSON, which {@link HitRatioReport} turns into tables and plots.
   *
   * @param paths files of traces, or folders of such; generated traces are always played
   */
  public static void main(String[] paths) throws IOException {
    List<String> measured = new ArrayList<>();
    for (String path : paths) {
      for (Path file : files(Path.of(path))) {
        measured.add(measure(TraceReader.read(file), Kind.FILE));
      }
    }
    GeneratedTraces.resting().forEach(trace -> measured.add(measure(trace, Kind.RESTING)));
    GeneratedTraces.moving().forEach(trace -> measured.add(measure(trace, Kind.MOVING)));
    System.out.printf(
        "{\"sizes\": %s, \"traces\": [%n%s%n]}%n",
        Arrays.toString(SIZES), String.join(",\n", measured));
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** Returns the capacity that is a percentage of a trace's distinct keys. */
  static int capacity(Trace trace, double percentage) {
    return (int) Math.max(1, Math.round(trace.distinct() * percentage / 100));
  }

  private static String measure(Trace trace, Kind kind) {
    String candidates =
        Arrays.stream(Candidate.values())
            .map(
                candidate ->
                    "    \"%s\": %s".formatted(candidate.title(), percentages(candidate, trace)))
            .collect(Collectors.joining(",\n"));
    return "  {\"name\": \"%s\", \"kind\": \"%s\", \"accesses\": %d, \"keys\": %d, \"hits\": {%n%s}}"
        .formatted(trace.name(), kind, trace.keys().length, trace.distinct(), candidates);
  }

  private static List<String> percentages(Candidate candidate, Trace trace) {
    return Arrays.stream(SIZES)
        .mapToInt(size -> candidate.hits(trace, capacity(trace, size)))
        .mapToObj(hits -> String.format(Locale.ROOT, "%.2f", 100.0 * hits / trace.keys().length))
        .toList();
  }
}
