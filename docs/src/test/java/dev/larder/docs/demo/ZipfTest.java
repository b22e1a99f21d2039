package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {
  private static final int RANKS = 50;
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 1, 1.5})
  void ranksComeAsOftenAsTheClosedFormSays(double exponent) {
    double norm = 0;
    for (int rank = 1; rank <= RANKS; rank++) {
      norm += Math.pow(rank, -exponent);
    }

    var counts = draw(exponent, RANKS, DRAWS, 1);

    for (int rank = 0; rank < RANKS; rank++) {
      double probability = Math.pow(rank + 1, -exponent) / norm;
      double fiveSigma = 5 * Math.sqrt(probability * (1 - probability) / DRAWS);
      assertThat((double) counts[rank] / DRAWS).isCloseTo(probability, within(fiveSigma));
    }
  }

  @Test
  void sameSeedDrawsTheSameRanks() {
    var zipf = new Zipf(1_000, 0.9);
    var one = new Random(7);
    var two = new Random(7);

    for (int i = 0; i < 1_000; i++) {
      assertThat(zipf.draw(one)).isEqualTo(zipf.draw(two));
    }
  }

  @Test
  void endsOfTheRandomNumbersAreTheFirstAndTheLastRank() {
    var zipf = new Zipf(10, 1);

    assertThat(zipf.draw(always(0))).isEqualTo(0);
    assertThat(zipf.draw(always(Math.nextDown(1.0)))).isEqualTo(9);
  }

  @Test
  void borderBelongsToTheLaterRank() {
    assertThat(new Zipf(2, 0).draw(always(0.5))).isEqualTo(1);
  }

  @Test
  void singleRankIsAlwaysDrawn() {
    assertThat(Arrays.stream(draw(0.9, 1, 100, 1)).sum()).isEqualTo(100);
  }

  @Test
  void zeroRanksAreRefused() {
    assertThatThrownBy(() -> new Zipf(0, 1)).hasMessageContaining("ranks is 0");
  }

  private static int[] draw(double exponent, int ranks, int draws, long seed) {
    var zipf = new Zipf(ranks, exponent);
    var random = new Random(seed);
    var counts = new int[ranks];
    for (int i = 0; i < draws; i++) {
      counts[zipf.draw(random)]++;
    }
    return counts;
  }

  private static Random always(double value) {
    return new Random() {
      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
