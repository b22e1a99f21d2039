package dev.larder.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures how many bytes of heap an entry takes, key and value included: what the heap holds after
 * a million entries of two fresh integers each, less what it held before, in a JVM of its own for
 * each subject.
 */
public final class HeapPerEntry {
  private static final int ENTRIES = 1_000_000;

  /** Below it the JVM has its integers ready made. */
  private static final int FIRST = 1_000;

  private HeapPerEntry() {}

  /** Prints a Markdown table; given a subject and a bound, measures that one in this JVM. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      System.out.print(measure(Subject.valueOf(arguments[0]), Long.parseLong(arguments[1])));
      return;
    }
    System.out.println("| | unbounded | bounded |");
    System.out.println("| --- | ---: | ---: |");
    for (Subject subject : Subject.values()) {
      String unbounded = inFreshJvm(subject, Settings.UNBOUNDED);
      System.out.printf(
          "| %s | %s | %s |%n", subject.title(), unbounded, inFreshJvm(subject, ENTRIES));
    }
  }

  private static String inFreshJvm(Subject subject, long bound)
      throws IOException, InterruptedException {
    if (!subject.supports(Settings.PLAIN.boundedBy(bound))) {
      return "–";
    }
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapPerEntry.class.getName(),
                subject.name(),
                Long.toString(bound))
            .redirectError(Redirect.DISCARD)
            .start();
    String answer = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = jvm.waitFor();
    if (status != 0) {
      throw new IllegalStateException(subject + " failed with status " + status);
    }
    return answer.strip();
  }

  private static String measure(Subject subject, long bound) throws InterruptedException {
    Settings settings = Settings.PLAIN.boundedBy(bound);
    // Loads the classes and starts the threads, so that they do not count.
    try (Operations operations = subject.open(settings)) {
      fill(operations, 1_000);
    }
    long before = usedHeap();
    try (Operations operations = subject.open(settings)) {
      fill(operations, ENTRIES);
      int kept = count(operations);
      long used = usedHeap() - before;
      String evicted = kept == ENTRIES ? "" : " (%,d evicted)".formatted(ENTRIES - kept);
      return String.format(Locale.ROOT, "%.1f%s", (double) used / kept, evicted);
    }
  }

  private static void fill(Operations operations, int entries) {
    for (int i = 0; i < entries; i++) {
      operations.put(FIRST + i, FIRST + i);
    }
  }

  private static int count(Operations operations) {
    int count = 0;
    for (int i = 0; i < ENTRIES; i++) {
      if (operations.get(FIRST + i) != null) {
        count++;
      }
    }
    return count;
  }

  /** Returns the bytes in use once the collector finds nothing more to free. */
  private static long usedHeap() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (long next = collect(); next < used; next = collect()) {
      used = next;
    }
    return used;
  }

  private static long collect() throws InterruptedException {
    Thread.sleep(200); // lets the subjects' own threads come to rest
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
