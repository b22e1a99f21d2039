package dev.larder.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.FakeTicker;
import dev.larder.LarderConfiguration;
import dev.larder.Ticker;
import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.Put;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final CountedTicker ticker = new CountedTicker();
  private final Horizon horizon = new Horizon(ticker);

  private MemoryEngine<Integer, Integer> engineWithOneMinute() {
    return Engines.open(
        LarderConfiguration.builder(Integer.class, Integer.class)
            .expiryPolicy(
                new SingletonFactory<>(new CreatedExpiryPolicy(new Duration(TimeUnit.SECONDS, 60))))
            .ticker(ticker)
            .build(),
        horizon);
  }

  @Test
  void nothingLiesBeyondUntilItIsRenewed() {
    assertThat(horizon.isBefore(Deadline.NEVER)).isFalse();
    assertThat(horizon.isBefore(60 * SECOND)).isFalse();
  }

  @Test
  void onlyWhatIsMoreThanTenSecondsAwayLiesBeyond() {
    horizon.renew();

    assertThat(horizon.isBefore(Deadline.NEVER)).isTrue();
    assertThat(horizon.isBefore(10 * SECOND + 1)).isTrue();
    assertThat(horizon.isBefore(10 * SECOND)).isFalse();
    assertThat(horizon.isBefore(0)).isFalse();
    assertThat(horizon.isBefore(Deadline.PAST)).isFalse();
    assertThat(horizon.isBefore(Deadline.UNKNOWN)).isFalse();
  }

  @Test
  void forgottenHorizonLeavesEverythingToTheClock() {
    horizon.renew();
    horizon.forget();

    assertThat(horizon.isBefore(Deadline.NEVER)).isFalse();
  }

  @Test
  void readOfAnEntryThatLivesLongReadsNoClock() {
    MemoryEngine<Integer, Integer> engine = engineWithOneMinute();
    engine.execute(1, Put.put(1));
    horizon.renew();
    long before = ticker.readings;

    assertThat(engine.get(1)).isEqualTo(1);
    assertThat(engine.peek(1)).isEqualTo(1);
    assertThat(engine.contains(1)).isTrue();
    assertThat(ticker.readings).isEqualTo(before);
  }

  @Test
  void entryExpiresToTheNanosecondWithinTheHorizon() {
    MemoryEngine<Integer, Integer> engine = engineWithOneMinute();
    engine.execute(1, Put.put(1));
    ticker.fake.advance(51 * SECOND);
    horizon.renew();
    ticker.fake.advance(9 * SECOND - 1);

    assertThat(engine.peek(1)).isEqualTo(1);
    assertThat(engine.contains(1)).isTrue();
    ticker.fake.advance(1);
    assertThat(engine.contains(1)).isFalse();
    assertThat(engine.peek(1)).isNull();
    assertThat(engine.get(1)).isNull();
  }

  private static final class CountedTicker implements Ticker {
    @Serial private static final long serialVersionUID = 1L;

    private final FakeTicker fake = new FakeTicker();
    private long readings;

    @Override
    public long getAsLong() {
      readings++;
      return fake.getAsLong();
    }
  }
}
