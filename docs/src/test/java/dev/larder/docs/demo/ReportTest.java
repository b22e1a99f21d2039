package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Terminal PLAIN = new Terminal(false, false, 80, "u");
  private static final AnswerCheck PASSED = new AnswerCheck(200, List.of());

  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void numbersWouldLookDifferentHere() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @Test
  void tableShowsTheRun() {
    assertThat(report(100, PASSED).lines(PLAIN))
        .containsExactly(
            "queries                       1,000",
            "hits                          1,234",
            "misses                          766",
            "hit ratio                    61.7 %",
            "evictions                    12,345",
            "entries                       2,000  at most 2,500",
            "time per hit                 1.5 us  median; mean 1.5 us",
            "time per miss            1,500.0 us  median; mean 1,500.0 us",
            "wall time with cache          2.0 s",
            "wall time without            15.0 s  estimated: 100 queries measured, and scaled",
            "time saved                   13.0 s  7.5 times as fast",
            "answers checked: 200 of 200 equal");
  }

  @Test
  void completeMeasurementIsNoEstimate() {
    assertThat(report(1_000, PASSED).lines(PLAIN))
        .contains("wall time without             1.5 s  measured")
        .contains("time saved                   -0.5 s  0.8 times as fast");
  }

  @Test
  void runWithoutHitsSaysSo() {
    var computed = new boolean[10];
    Arrays.fill(computed, true);
    var timings = new Timings(new long[10], computed, Duration.ofSeconds(1));
    var report = new Report(5, new CacheCounts(0, 10, 5), 5, timings, timings, PASSED);

    assertThat(report.lines(PLAIN))
        .contains("time per hit                      -  there was none")
        .contains("hit ratio                     0.0 %");
  }

  @Test
  void missingBoundIsSaid() {
    var timings = new Timings(new long[10], new boolean[10], Duration.ofSeconds(1));
    var counts = new CacheCounts(10, 0, 0);
    var report = new Report(Long.MAX_VALUE, counts, 4_321, timings, timings, PASSED);

    assertThat(report.lines(PLAIN)).contains("entries                       4,321  no bound");
  }

  @Test
  void failedCheckIsRed() {
    var colours = new Terminal(true, true, 80, "u");

    assertThat(report(100, new AnswerCheck(200, List.of("one.Type"))).lines(colours))
        .contains("\033[31manswers checked: 199 of 200 equal; the first wrong one: one.Type\033[m");
    assertThat(report(100, PASSED).lines(colours))
        .contains("\033[32manswers checked: 200 of 200 equal\033[m");
  }

  private static Report report(int uncachedQueries, AnswerCheck check) {
    var nanos = new long[1_000];
    var computed = new boolean[1_000];
    for (int i = 0; i < nanos.length; i++) {
      computed[i] = i % 5 == 0;
      nanos[i] = computed[i] ? 1_500_000 : 1_500;
    }
    var cached = new Timings(nanos, computed, Duration.ofSeconds(2));
    var uncached =
        new Timings(
            new long[uncachedQueries], new boolean[uncachedQueries], Duration.ofMillis(1_500));
    return new Report(2_500, new CacheCounts(1_234, 766, 12_345), 2_000, cached, uncached, check);
  }
}
