package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void noneAreTheDefaults() {
    assertThat(Options.parse()).isEqualTo(Options.DEFAULT);
  }

  @Test
  void bothSpellingsAreRead() {
    var given =
        Options.parse(
            "--queries",
            "10",
            "--max-entries=5",
            "--threads",
            "3",
            "--seed=-1",
            "--uri=redis://localhost",
            "--cold");

    assertThat(given)
        .isEqualTo(new Options(10, 5, 3, -1, URI.create("redis://localhost"), true, false));
  }

  @Test
  void helpIsAsked() {
    assertThat(Options.parse("--help").help()).isTrue();
    assertThat(Options.parse("-h").help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--querys 1      | there is no option '--querys'; --help lists those there are",
        "100             | there is no option '100'; --help lists those there are",
        "--help=me       | there is no option '--help'; --help lists those there are",
        "--queries       | --queries lacks its value; --help shows how to give it",
        "--queries many  | --queries is 'many'; it must be a whole number, such as 5000",
        "--threads 0     | --threads is 0; it must be from 1 to 1000",
        "--queries 3e9   | --queries is '3e9'; it must be a whole number, such as 5000",
        "--queries=3000000000 | --queries is 3000000000; it must be from 1 to 10000000",
      })
  void badOptionIsRefusedWithTheWayOut(String words, String message) {
    assertThatThrownBy(() -> Options.parse(words.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void badUriIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> Options.parse("--uri", "redis://me:secret@host:6379/ 0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--uri is no URI")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(Options.HELP)
        .contains("--queries", "--max-entries", "--threads", "--seed", "--uri", "--cold", "--help");
  }
}
