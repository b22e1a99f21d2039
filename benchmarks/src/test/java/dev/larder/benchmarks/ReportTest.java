package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void pageShowsWhatWasMeasured() throws IOException {
    String json = Files.readString(Page.DOCS.resolve("data/operations.json"));

    new Page("performance.md").with("operations", Report.of(json)).check();
  }

  @Test
  void cellsAreRelativeToTheMapOfTheSameRun() {
    String json =
        "[%s, %s]"
            .formatted(
                result("CONCURRENT_HASH_MAP", "[[8.0, 7.0], [9.0, 100.0]]"),
                result("LARDER", "[[10.0], [17.0, 30.0]]"));

    assertThat(Report.of(json))
        .isEqualTo(
            """
            ### 2 threads, bounded, by reference, without statistics, eternal

            |  | ConcurrentHashMap | Larder |
            | --- | ---: | ---: |
            | getHit | **1.00** 8.5 ns, 0 B | **0.50** 17.0 ns, 0 B |

            """);
  }

  @Test
  void processorTimesGoBeforeTimesOnTheWall() {
    String json =
        result("LARDER", "[[10.0]]")
            .replace(
                "\"secondaryMetrics\": {",
                "\"secondaryMetrics\": {\"cpu.time.norm\": {\"rawData\": [[5.0]]}, ");

    assertThat(Report.of("[" + json + "]")).contains("| getHit | **–** 5.0 ns, 0 B |");
  }

  private static String result(String subject, String times) {
    return """
    {"benchmark": "dev.larder.benchmarks.OperationBenchmark.getHit", "threads": 2,
     "params": {"subject": "%s", "bounded": "true", "byValue": "false",
                "statistics": "false", "lifetime": "ETERNAL"},
     "primaryMetric": {"scoreError": "NaN", "rawData": %s},
     "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 1.0E-5}}}
    """
        .formatted(subject, times);
  }
}
