package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.Ttl;
import java.util.HexFormat;
import java.util.Map;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header before values of which Memcached itself cannot say all. */
class StoredItemTest {
  @ParameterizedTest
  @CsvSource({
    "1800000000000,       , value, 000001a3185c500000000000 76616c7565",
    "1800000000000, a key, value, 000001a3185c500000000005 61206b6579 76616c7565",
    "9223372036854775807, a key, value, 7fffffffffffffff00000005 61206b6579 76616c7565",
    "9223372036854775807, a key, '', 7fffffffffffffff00000005 61206b6579"
  })
  void row117HeaderIsWrittenAndReadAsEver(
      long deadline, @Nullable String key, String value, String golden) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    byte[] bytes = HexFormat.of().parseHex(golden.replace(" ", ""));

    assertThat(StoredItem.headed(value.getBytes(UTF_8), keyBytes, deadline)).isEqualTo(bytes);
    StoredItem item = item(bytes, StoredItem.HEADED);
    assertThat(item.value()).isEqualTo(value.getBytes(UTF_8));
    assertThat(item.key()).isEqualTo(keyBytes);
    assertThat(item.deadline()).isEqualTo(deadline);
    assertThat(StoredItem.HEADED).isEqualTo(0x4CA70001);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "16", "2147483647"})
  void row117ValueWithoutHeaderIsTheWholeItem(int flags) {
    StoredItem item = item("value".getBytes(UTF_8), flags);

    assertThat(item.value()).asString().isEqualTo("value");
    assertThat(item.key()).isNull();
    assertThat(item.deadline()).isEqualTo(Ttl.FOREVER);
  }

  private static StoredItem item(byte[] bytes, int flags) {
    StoredItem item =
        StoredItem.of(new Reply(StatusCode.SUCCESS, bytes, flags, 1, 0, "", Map.of()));
    return java.util.Objects.requireNonNull(item);
  }
}
