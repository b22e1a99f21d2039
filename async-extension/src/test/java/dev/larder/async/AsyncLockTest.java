package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often those look who wait for a lock; the rest is in the kit. */
class AsyncLockTest {
  @Test
  void whoWaitsLooksFourTimesASecondAtLeastAndEightTimesAtMost() {
    assertThat(IntStream.range(0, 10_000).mapToLong(i -> AsyncLock.pauseMillis(250)))
        .allSatisfy(millis -> assertThat(millis).isBetween(125L, 250L));
    assertThat(AsyncLock.LONGEST_PAUSE_MILLIS).isEqualTo(250);
  }
}
