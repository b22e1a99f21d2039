package dev.larder.benchmarks.hitratio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Compares the page of hit ratios with the run that it shows; {@code -Dreport.update=true} rewrites
 * it.
 */
class HitRatioReportTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path PAGE = DOCS.resolve("hit-ratios.md");
  private static final Path PLOT = DOCS.resolve("images/hit-ratios.svg");

  @Test
  void pageShowsWhatWasMeasured() throws IOException {
    HitRatioReport report =
        HitRatioReport.of(Files.readString(DOCS.resolve("data/hit-ratios.json")));
    String page = Files.readString(PAGE);
    String expected =
        replaced(replaced(page, "summary", report.summary()), "by trace", report.byTrace());
    if (Boolean.getBoolean("report.update")) {
      Files.writeString(PAGE, expected);
      Files.writeString(PLOT, report.plot());
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
    assertThat(Files.readString(PLOT)).isEqualTo(report.plot());
  }

  private static String replaced(String page, String table, String content) {
    String start = "<!-- table: " + table + " -->\n";
    int from = page.indexOf(start) + start.length();
    int to = page.indexOf("<!-- end -->", from);
    return page.substring(0, from) + content + page.substring(to);
  }
}
