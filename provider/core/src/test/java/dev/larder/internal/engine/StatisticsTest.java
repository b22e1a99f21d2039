package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final int NANOS_PER_CALL = 100;

  /** Moves on at each reading, so that every call seems to take as long. */
  private final Clock clock = new Clock();

  private void get(Statistics statistics) {
    long start = statistics.start();
    statistics.countHit();
    statistics.stopGet(start);
  }

  @Test
  void everyCallIsTimedWhereNothingElseIsAskedFor() {
    Statistics statistics = new Statistics(true, false, clock);
    for (int call = 0; call < 1_000; call++) {
      get(statistics);
    }

    assertThat(statistics.getNanos()).isEqualTo(1_000L * NANOS_PER_CALL);
  }

  @Test
  void firstCallsAreTimedWithoutExceptionWhereASampleIsEnough() {
    Statistics statistics = new Statistics(true, true, clock);
    for (int call = 1; call <= 100; call++) {
      get(statistics);

      assertThat(statistics.getNanos()).isEqualTo((long) call * NANOS_PER_CALL);
    }
  }

  @Test
  void sampleStandsForAllCallsAndReadsTheClockForFew() {
    Statistics statistics = new Statistics(true, true, clock);
    int calls = 1_000_000;
    for (int call = 0; call < calls; call++) {
      get(statistics);
    }

    assertThat(statistics.hits()).isEqualTo(calls);
    assertThat(statistics.getNanos() / (double) calls)
        .isCloseTo(NANOS_PER_CALL, within(0.1 * NANOS_PER_CALL));
    assertThat(clock.readings).isLessThan(calls / 16);
  }

  @Test
  void loadIsTakenOutOfTheGetThatItIsAPartOf() {
    Statistics statistics = new Statistics(true, false, clock);
    long get = statistics.start();
    long load = statistics.startLoad();
    statistics.stopLoad(load, false);
    statistics.excludeFromGet(load);
    statistics.stopGet(get);

    assertThat(statistics.loads()).isEqualTo(1);
    assertThat(statistics.loadNanos()).isEqualTo(NANOS_PER_CALL);
    assertThat(statistics.getNanos()).isLessThanOrEqualTo(2L * NANOS_PER_CALL);
  }

  @Test
  void noClockIsReadWhileCountingIsOff() {
    Statistics statistics = new Statistics(false, false, clock);

    assertThat(statistics.start()).isZero();
    assertThat(statistics.startLoad()).isZero();
    assertThat(clock.readings).isZero();
  }

  private static final class Clock implements LongSupplier {
    private int readings;

    @Override
    public long getAsLong() {
      readings++;
      return (long) readings * NANOS_PER_CALL;
    }
  }
}
