package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.docs.demo.Timings.Micros;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingsTest {

  @Test
  void hitsAndMissesAreToldApart() {
    var timings =
        new Timings(
            new long[] {9_000, 1_000, 900_000, 2_000, 300_000, 600_000},
            new boolean[] {false, false, true, false, true, true},
            Duration.ofSeconds(1));

    assertThat(timings.perHit()).isEqualTo(new Micros(2, 4));
    assertThat(timings.perMiss()).isEqualTo(new Micros(600, 600));
  }

  @Test
  void noneHaveNoTime() {
    var timings = new Timings(new long[] {5}, new boolean[] {true}, Duration.ofSeconds(1));

    assertThat(timings.perHit()).isNull();
    assertThat(timings.perMiss()).isNotNull();
  }
}
