package dev.larder.docs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private long seconds;

  @Test
  void terminalLineIsRedrawn() {
    var progress = progress(new Terminal(true, false, 80, "u"));
    seconds = 5;
    progress.show(5_000, "note");
    progress.show(20_000, "note");
    progress.end();

    assertThat(written())
        .isEqualTo(
            drawn("[#######-----------------------]  25 %   5,000 of 20,000  note  15 s left  ")
                + drawn(
                    "[##############################] 100 %  20,000 of 20,000  note             ")
                + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 48, 60, 80, 200})
  void terminalLineIsShorterThanTheTerminalIsWide(int columns) {
    var progress = progress(new Terminal(true, false, columns, "u"));
    seconds = 5;
    progress.show(10_000, "note");

    var line = written().replaceAll("\r|\033\\[(K|\\?7[lh])", "");
    assertThat(line).hasSizeLessThan(columns);
  }

  @Test
  void barIsColouredWhereColoursAreWelcome() {
    progress(new Terminal(true, true, 80, "u")).show(10_000, "");

    assertThat(written()).contains("[\033[32m" + "#".repeat(15) + "\033[m---");
  }

  @Test
  void elsewhereEachTenthIsAPlainLine() {
    var progress = progress(new Terminal(false, false, 80, "u"));
    for (int done = 0; done <= 20_000; done += 100) {
      progress.show(done, "note");
    }
    progress.end();

    assertThat(written().lines())
        .hasSize(10)
        .startsWith(" 10 %   2,000 of 20,000  note  0 s left")
        .endsWith("100 %  20,000 of 20,000  note");
    assertThat(written()).doesNotContain("\r", "\033");
  }

  @Test
  void tenthsThatWereSkippedAreNotMadeUpFor() {
    var progress = progress(new Terminal(false, false, 80, "u"));
    progress.show(7_000, "note");
    progress.show(7_500, "note");
    progress.show(8_100, "note");

    assertThat(written().lines().map(line -> line.substring(0, 5)))
        .containsExactly(" 35 %", " 40 %");
  }

  private Progress progress(Terminal terminal) {
    return new Progress(out, terminal, 20_000, () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  private static String drawn(String line) {
    return "\r\033[K\033[?7l" + line + "\033[?7h";
  }

  private String written() {
    return bytes.toString(UTF_8);
  }
}
