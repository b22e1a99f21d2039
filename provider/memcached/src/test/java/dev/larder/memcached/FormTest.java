package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.spy.memcached.ops.StatusCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that the server gets. */
class FormTest {
  private static final long NOW = Instant.parse("2026-11-22T12:00:00.123Z").toEpochMilli();
  private static final byte[] VALUE = {1};

  /** The server takes more than 30 days for an instant, and counts to the year 2038. */
  @ParameterizedTest
  @CsvSource({
    "PT10S, 10",
    "P29D, 2505600",
    "P30D, 2592000",
    "P30DT1S, 2591999",
    "P31D, 1798027199",
    "P3650D, 2110708799",
    "P4070D, 2146996799",
    "P4075D, 2147428799",
    "P4076D, 0",
    "P36500D, 0",
    "PT2562047788015H, 0"
  })
  void row91LongTimesBecomeInstants(Duration time, int seconds) {
    assertThat(Form.plain(VALUE, time.toMillis(), NOW).seconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "500, 2", "999, 2", "1000, 2", "1001, 3", "90500, 92", "-1, 1", "-5000, 1"})
  void row98FractionsOfASecondAreRoundedUpForTheServer(long millis, int seconds) {
    Form form = Form.headed(VALUE, null, NOW + millis, NOW);

    assertThat(form.seconds()).isEqualTo(seconds);
    StoredItem item =
        StoredItem.of(
            new Reply(StatusCode.SUCCESS, form.bytes(), form.flags(), 1, 0, "", Map.of()));
    assertThat(item.hasExpired(NOW + millis - 1)).isFalse();
    assertThat(item.hasExpired(NOW + millis)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600_000, 0, 600_000, 3_600_000_000L})
  void row94ServerCountsTheTimeToLiveWhateverTheClientsClockSays(long skew) {
    long now = NOW + skew;

    assertThat(Form.headed(VALUE, null, now + 90_500, now).seconds()).isEqualTo(92);
    assertThat(Form.plain(VALUE, 90_000, now).seconds()).isEqualTo(90);
    assertThat(Form.plain(VALUE, Ttl.FOREVER, now).seconds()).isEqualTo(Form.NEVER);
  }
}
