package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {

  private static final Counts EXPECTED = new Counts(481, 0, 0, 1);

  @Test
  void readsTheFourNumbersInOrder() {
    assertThat(Counts.parse("481,2,3,13")).isEqualTo(new Counts(481, 2, 3, 13));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "481", "481,0,0", "481,0,0,1,0", "481, 0,0,1", "-1,0,0,1", "a,b,c,d"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Counts.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void sameCountsDoNotDeviate() {
    assertThat(new Counts(481, 0, 0, 1).deviationsFrom(EXPECTED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "480,0,0,1 | expected 481 run, but got 480",
        "482,0,0,1 | expected 481 run, but got 482",
        "481,1,0,1 | expected 0 failed, but got 1",
        "481,0,1,1 | expected 0 errors, but got 1",
        "481,0,0,0 | expected 1 excluded, but got 0",
        "481,0,0,2 | expected 1 excluded, but got 2"
      })
  void eachNumberCanDeviate(String actual, String deviation) {
    assertThat(Counts.parse(actual).deviationsFrom(EXPECTED)).containsExactly(deviation);
  }

  @Test
  void fewerFailuresThanExpectedDeviateToo() {
    assertThat(new Counts(481, 0, 0, 1).deviationsFrom(new Counts(481, 3, 0, 1)))
        .containsExactly("expected 3 failed, but got 0");
  }
}
