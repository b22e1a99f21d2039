package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutArgumentsRunsEverythingForTwentyMinutes() {
    var options = Options.parse();

    assertThat(options.task()).isEqualTo(Options.Task.RUN);
    assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(20));
    assertThat(options.expected()).isNull();
    assertThat(options.only()).isNull();
  }

  @Test
  void readsEveryOption() {
    var options =
        Options.parse(
            "--name",
            "cdi weld-6",
            "--expect",
            "481,0,0,1",
            "--annotations",
            "--only",
            "Expiry",
            "--timeout",
            "1.5",
            "--report",
            "report.xml",
            "--log",
            "run.log",
            "-DExcludeList=none",
            "-Dempty=");

    assertThat(options.name()).isEqualTo("cdi weld-6");
    assertThat(options.expected()).isEqualTo(new Counts(481, 0, 0, 1));
    assertThat(options.annotations()).isTrue();
    assertThat(options.only()).asString().isEqualTo("Expiry");
    assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.report()).isEqualTo(Path.of("report.xml"));
    assertThat(options.log()).isEqualTo(Path.of("run.log"));
    assertThat(options.properties()).isEqualTo(Map.of("ExcludeList", "none", "empty", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--expected 481,0,0,1",
        "--expect 481",
        "--expect",
        "--name ../memory",
        "--only (",
        "--timeout soon",
        "--timeout -1",
        "-Dname",
        "memory"
      })
  void refusesWhatItDoesNotUnderstand(String line) {
    var arguments = line.split(" ");

    assertThatThrownBy(() -> Options.parse(arguments))
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining(arguments[0]);
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(Options.HELP)
        .contains(
            "--name",
            "--expect",
            "--only",
            "--timeout",
            "--report",
            "--log",
            "--list",
            "--help",
            "Exit status");
  }
}
