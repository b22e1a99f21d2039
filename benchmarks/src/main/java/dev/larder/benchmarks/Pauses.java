package dev.larder.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how long single calls take, the longest in particular: while a cache grows to five
 * million entries, and while one that is bounded to a million evicts at each put. Two threads put
 * new keys, and get one of those that they put lately after each. Each subject has a JVM of its
 * own, several times, whose memory is never collected, so that no pause is the collector's.
 */
public final class Pauses {
  private static final int ENTRIES = 5_000_000;
  private static final int BOUND = 1_000_000;
  private static final int THREADS = 2;
  private static final int ROUNDS = 5;

  /** How far back the keys lie that are read. */
  private static final int LATELY = 100_000;

  private static final List<Subject> SUBJECTS =
      List.of(Subject.CONCURRENT_HASH_MAP, Subject.CAFFEINE, Subject.LARDER, Subject.CACHE2K);

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private Pauses() {}

  /** Prints a Markdown table; given a subject and a bound, measures that one in this JVM. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    if (arguments.length == 2) {
      System.out.print(measure(Subject.valueOf(arguments[0]), Long.parseLong(arguments[1])));
      return;
    }
    System.out.println(
        "| | put: median | 99.9 % | longest | most work | get: median | 99.9 % | longest | most work |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (long bound : new long[] {Settings.UNBOUNDED, BOUND}) {
      for (Subject subject : SUBJECTS) {
        if (bound == Settings.UNBOUNDED || subject != Subject.CONCURRENT_HASH_MAP) {
          System.out.println(row(subject, bound));
        }
      }
    }
  }

  /** Takes the median of each figure over all rounds. */
  private static String row(Subject subject, long bound) throws IOException, InterruptedException {
    List<double[]> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(inFreshJvm(subject, bound));
    }
    StringBuilder row =
        new StringBuilder("| ")
            .append(subject.title())
            .append(bound == Settings.UNBOUNDED ? ", growing" : ", evicting");
    for (int figure = 0; figure < 8; figure++) {
      int column = figure;
      double median =
          rounds.stream().mapToDouble(round -> round[column]).sorted().toArray()[ROUNDS / 2];
      row.append(" | ").append(text(median));
    }
    return row.append(" |").toString();
  }

  private static String text(double micros) {
    return micros < 1_000
        ? String.format(Locale.ROOT, micros < 10 ? "%.2f µs" : "%.0f µs", micros)
        : String.format(Locale.ROOT, "%.1f ms", micros / 1_000);
  }

  private static double[] inFreshJvm(Subject subject, long bound)
      throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms3g",
                "-Xmx3g",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                Pauses.class.getName(),
                subject.name(),
                Long.toString(bound))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = jvm.waitFor();
    if (status != 0) {
      throw new IllegalStateException(subject + " failed with status " + status);
    }
    String[] words = answer.strip().split(" ", -1);
    double[] figures = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      figures[i] = Double.parseDouble(words[i]);
    }
    return figures;
  }

  private static String measure(Subject subject, long bound)
      throws InterruptedException, ExecutionException {
    try (Operations warm = subject.open(Settings.PLAIN.boundedBy(Math.min(bound, 50_000)))) {
      run(warm, 0, 100_000);
    }
    try (Operations operations = subject.open(Settings.PLAIN.boundedBy(bound))) {
      if (bound != Settings.UNBOUNDED) {
        run(operations, 0, BOUND);
      }
      return run(operations, BOUND, ENTRIES);
    }
  }

  private static String run(Operations operations, int first, int count)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Times>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int start = first + i;
        threads.add(executor.submit(() -> work(operations, start, first + count)));
      }
      Times all = new Times();
      for (Future<Times> thread : threads) {
        all.add(thread.get());
      }
      return all.toString();
    } finally {
      executor.shutdown();
    }
  }

  private static Times work(Operations operations, int start, int end) {
    Times times = new Times();
    for (int i = start; i < end; i += THREADS) {
      Integer key = scattered(i);
      long workBefore = THREAD.getCurrentThreadCpuTime();
      long before = System.nanoTime();
      operations.put(key, key);
      long nanos = System.nanoTime() - before;
      long work = THREAD.getCurrentThreadCpuTime();
      times.puts.add(nanos, work - workBefore);
      Integer other = scattered(Math.max(start, i - THREADS * ((scattered(i) >>> 1) % LATELY)));
      workBefore = THREAD.getCurrentThreadCpuTime();
      before = System.nanoTime();
      Integer found = operations.get(other);
      nanos = System.nanoTime() - before;
      times.gets.add(nanos, THREAD.getCurrentThreadCpuTime() - workBefore);
      if (found != null && !found.equals(other)) {
        throw new IllegalStateException("not what was put");
      }
    }
    return times;
  }

  /** Another number for each, without order. */
  private static int scattered(int i) {
    int bits = i * 0x9E3779B9;
    return (bits ^ (bits >>> 15)) * 0x85EBCA6B;
  }

  /** What two kinds of calls took. */
  private static final class Times {
    private final Histogram puts = new Histogram();
    private final Histogram gets = new Histogram();

    void add(Times other) {
      puts.add(other.puts);
      gets.add(other.gets);
    }

    @Override
    public String toString() {
      return puts + " " + gets;
    }
  }

  /** Counts times in nanoseconds, to within three percent. */
  private static final class Histogram {
    private static final int STEPS_BITS = 5;

    private final long[] counts = new long[Long.SIZE << STEPS_BITS];
    private long count;
    private long longest;
    private long mostWork;

    void add(long nanos, long work) {
      int exponent = Long.SIZE - Long.numberOfLeadingZeros(nanos | 1);
      int shift = Math.max(0, exponent - 1 - STEPS_BITS);
      counts[(shift << STEPS_BITS) + (int) (nanos >>> shift)]++;
      count++;
      longest = Math.max(longest, nanos);
      mostWork = Math.max(mostWork, work);
    }

    void add(Histogram other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      count += other.count;
      longest = Math.max(longest, other.longest);
      mostWork = Math.max(mostWork, other.mostWork);
    }

    private double micros(double share) {
      long wanted = (long) (count * share);
      int i = 0;
      for (long seen = counts[0]; seen <= wanted; seen += counts[i]) {
        i++;
      }
      int shift = Math.max(0, (i >>> STEPS_BITS) - 1);
      return ((long) (i - (shift << STEPS_BITS)) << shift) / 1e3;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.3f %.3f %.3f %.3f",
          micros(0.5),
          micros(0.999),
          longest / 1e3,
          mostWork / 1e3);
    }
  }
}
