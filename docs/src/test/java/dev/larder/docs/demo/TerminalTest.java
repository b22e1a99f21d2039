package dev.larder.docs.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

  @Test
  void terminalIsInteractiveAndColoured() {
    assertThat(Terminal.of(true, Map.of(), UTF_8)).isEqualTo(new Terminal(true, true, 80, "µ"));
  }

  @Test
  void otherOutputIsNeither() {
    assertThat(Terminal.of(false, Map.of(), UTF_8)).isEqualTo(new Terminal(false, false, 80, "µ"));
  }

  @Test
  void dumbTerminalIsNeither() {
    assertThat(Terminal.of(true, Map.of("TERM", "dumb"), UTF_8))
        .isEqualTo(new Terminal(false, false, 80, "µ"));
  }

  @Test
  void noColorIsHonoured() {
    var terminal = Terminal.of(true, Map.of("NO_COLOR", "1"), UTF_8);

    assertThat(terminal).isEqualTo(new Terminal(true, false, 80, "µ"));
    assertThat(terminal.green("text")).isEqualTo("text");
  }

  @Test
  void emptyNoColorSaysNothing() {
    assertThat(Terminal.of(true, Map.of("NO_COLOR", ""), UTF_8).colour()).isTrue();
  }

  @Test
  void widthIsTheEnvironments() {
    assertThat(Terminal.of(true, Map.of("COLUMNS", "132"), UTF_8).columns()).isEqualTo(132);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "wide", "99999999999"})
  void unusableWidthIsIgnored(String columns) {
    assertThat(Terminal.of(true, Map.of("COLUMNS", columns), UTF_8).columns()).isEqualTo(80);
  }

  @Test
  void microIsPlainWhereItCannotBeWritten() {
    assertThat(Terminal.of(true, Map.of(), US_ASCII).micro()).isEqualTo("u");
  }

  @Test
  void colourIsSwitchedOffAgain() {
    assertThat(Terminal.of(true, Map.of(), UTF_8).red("text")).isEqualTo("\033[31mtext\033[m");
  }
}
