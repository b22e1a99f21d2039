package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Serializers;
import dev.larder.spi.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextSerializerTest {

  static Stream<Arguments> stored() {
    return Stream.of(
        Arguments.of("", ""),
        Arguments.of("larder", "6c6172646572"),
        Arguments.of("\0\r\n", "000d0a"),
        Arguments.of("é", "c3a9"),
        Arguments.of("e\u0301", "65cc81"),
        Arguments.of("\ud83e\uddc0", "f09fa780"),
        Arguments.of((byte) -1, "2d31"),
        Arguments.of((short) 12, "3132"),
        Arguments.of(0, "30"),
        Arguments.of(Integer.MIN_VALUE, "2d32313437343833363438"),
        Arguments.of(Long.MAX_VALUE, "39323233333732303336383534373735383037"),
        Arguments.of(0.1f, "302e31"),
        Arguments.of(-0d, "2d302e30"),
        Arguments.of(1e21, "312e30453231"),
        Arguments.of(Double.NaN, "4e614e"),
        Arguments.of(Double.NEGATIVE_INFINITY, "2d496e66696e697479"),
        Arguments.of(BigInteger.TEN.pow(3), "31303030"),
        Arguments.of(new BigDecimal("1.00"), "312e3030"),
        Arguments.of(new BigDecimal("1E+3"), "31452b33"),
        Arguments.of(
            new UUID(1, 2),
            HexFormat.of().formatHex("00000000-0000-0001-0000-000000000002".getBytes(UTF_8))));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void storedBytesAreTheText(Object value, String hex) {
    Serializer<Object> codec = codecOf(value);

    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(hex);
    assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
  }

  @SuppressWarnings("unchecked") // the codec of the value's own class
  private static Serializer<Object> codecOf(Object value) {
    return (TextSerializer<Object>) new TextSerializer<>(value.getClass());
  }

  @Property
  void everyDoubleComesBack(@ForAll double value) {
    assertThat(codecOf(value).decode(codecOf(value).encode(value))).isEqualTo(value);
  }

  @Property
  void everyStringComesBackOrIsRefused(@ForAll String value) {
    byte[] bytes;
    try {
      bytes = Serializers.string().encode(value);
    } catch (IllegalArgumentException e) {
      assertThat(UTF_8.newEncoder().canEncode(value)).isFalse();
      return;
    }
    assertThat(Serializers.string().decode(bytes)).isEqualTo(value);
  }

  @Test
  void halfASurrogatePairIsRefusedWhenItIsWritten() {
    assertThatThrownBy(() -> Serializers.string().encode("a\ud800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Integer, 78",
    "java.lang.Integer, ''",
    "java.lang.Integer, 32313437343833363438",
    "java.lang.Byte, 313238",
    "java.lang.Long, 312e30",
    "java.lang.Double, 6f6e65",
    "java.math.BigDecimal, ''",
    "java.util.UUID, 312d312d312d312d31",
    "java.lang.String, c3",
    "java.lang.String, eda080",
    "java.lang.String, c080",
    "java.lang.String, ff",
  })
  void otherBytesAreUndecodable(Class<?> type, String hex) {
    assertThatThrownBy(() -> new TextSerializer<>(type).decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTypesWithOneTextFormAreText() {
    assertThat(TextSerializer.isText(Date.class)).isFalse();
    assertThat(TextSerializer.isText(Number.class)).isFalse();
    assertThatThrownBy(() -> Serializers.number(Number.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("java.lang.Number", "BigDecimal");
  }
}
