package dev.larder.benchmarks.hitratio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares the page of hit ratios with the run that it shows. */
class HitRatioReportTest {
  private static final Path PLOT = Page.DOCS.resolve("images/hit-ratios.svg");

  @Test
  void pageShowsWhatWasMeasured() throws IOException {
    HitRatioReport report =
        HitRatioReport.of(Files.readString(Page.DOCS.resolve("data/hit-ratios.json")));
    Page.update(PLOT, report.plot());

    new Page("hit-ratios.md")
        .with("summary", report.summary())
        .with("by trace", report.byTrace())
        .check();
    assertThat(Files.readString(PLOT)).isEqualTo(report.plot());
  }
}
