package dev.larder.docs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class DemoTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void smallRunChecksItsAnswers() {
    assertThat(run("--queries=400", "--max-entries=50", "--threads=2")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("queries                         400")
        .containsPattern("entries +\\d+  at most 50")
        .containsPattern("answers checked: (\\d+) of \\1 equal");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void helpIsPrinted() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString(UTF_8)).startsWith("Usage: ./dev demo");
  }

  @Test
  void badOptionIsExplained() {
    assertThat(run("--threads=none")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).startsWith("demo: --threads is 'none'");
  }

  @Test
  void unusableBackendIsExplained() {
    assertThat(run("--uri=no-such-backend://host")).isEqualTo(1);

    assertThat(err.toString(UTF_8)).startsWith("demo: ");
  }

  private int run(String... args) {
    var terminal = new Terminal(false, false, 80, "u");
    return new Demo(print(out), print(err), terminal).run(args);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
