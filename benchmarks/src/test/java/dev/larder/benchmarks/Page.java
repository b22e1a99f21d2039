package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the documentation with tables of what was measured; {@code -Dreport.update=true}
 * rewrites it.
 */
public final class Page {
  /** Where the pages and the measured data are. */
  public static final Path DOCS = Path.of("../docs");

  private final Path file;
  private String text;

  /** Reads a page. */
  public Page(String name) throws IOException {
    this.file = DOCS.resolve(name);
    this.text = Files.readString(file);
  }

  /** Puts a table in its place, between two comments. */
  public Page with(String table, String content) {
    String start = "<!-- table: " + table + " -->\n";
    int from = text.indexOf(start) + start.length();
    int to = text.indexOf("<!-- end -->", from);
    text = text.substring(0, from) + content + text.substring(to);
    return this;
  }

  /** Fails if the page was another one before. */
  public void check() throws IOException {
    update(file, text);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  /** Writes a file if that was asked for. */
  public static void update(Path file, String text) throws IOException {
    if (Boolean.getBoolean("report.update")) {
      Files.writeString(file, text);
    }
  }
}
