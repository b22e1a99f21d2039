package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodKeyTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          "text",
          "x".repeat(100_000),
          "half \ud800",
          1,
          1L,
          (short) 1,
          1.5,
          true,
          'c',
          new BigDecimal("1.50"),
          LocalDate.EPOCH,
          UUID.fromString("00000000-0000-0001-0000-000000000002"),
          Thread.State.NEW,
          String.class,
          new int[] {1, 2},
          new String[] {"a", null},
          new int[][] {{1}, {2, 3}},
          List.of("a", List.of(1)),
          Set.of(1, 2, 3),
          Map.of("a", 1, "b", Set.of("c", "d")));

  static List<Object> values() {
    return VALUES;
  }

  @ParameterizedTest
  @MethodSource("values")
  void row115EqualAfterSerialization(Object value) throws Exception {
    var key = key(value, 0, value);
    var copy = read(bytes(key));

    assertThat(copy).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(bytes((MethodKey) copy)).isEqualTo(bytes(key));
  }

  @Test
  void differentForDifferentArguments() throws Exception {
    var keys = VALUES.stream().map(MethodKeyTest::key).distinct().toList();

    assertThat(keys).hasSameSizeAs(VALUES);
    assertThat(keys.stream().map(MethodKeyTest::hex)).doesNotHaveDuplicates();
  }

  @Test
  void row115ArraysAreComparedByTheirContent() {
    assertThat(key((Object) new int[] {1, 2})).isEqualTo(key((Object) new int[] {1, 2}));
    assertThat(key((Object) new int[] {1, 2})).isNotEqualTo(key((Object) new int[] {2, 1}));
    assertThat(key((Object) new Object[] {new byte[] {1}}))
        .isEqualTo(key((Object) new Object[] {new byte[] {1}}));
  }

  @Test
  void arraysThatChangeLaterDoNotChangeTheKey() {
    var inner = new int[] {1};
    var array = new Object[] {inner};
    var key = key((Object) array);

    inner[0] = 2;
    array[0] = "changed";

    assertThat(key).isEqualTo(key((Object) new Object[] {new int[] {1}}));
  }

  @Test
  void printsItsArguments() {
    assertThat(key("a", null, new int[] {1})).hasToString("[a, null, [1]]");
  }

  @Test
  void row115NoArgumentsAreAKey() {
    assertThat(key()).isEqualTo(key()).isNotEqualTo(key((Object) null));
  }

  @Test
  void bytesDoNotTellOneObjectTwiceFromTwoEqualOnes() {
    var text = "text";
    var copy = String.valueOf(text.toCharArray());
    var date = LocalDate.of(2026, 1, 1);

    assertThat(hex(key(text, text))).isEqualTo(hex(key(text, copy)));
    assertThat(hex(key(date, date))).isEqualTo(hex(key(date, LocalDate.of(2026, 1, 1))));
    assertThat(hex(key(1000.5, 1000.5))).isEqualTo(hex(key(1000.5, Double.valueOf("1000.5"))));
  }

  @Test
  void bytesDoNotDependOnTheClassOrOrderOfCollections() {
    assertThat(hex(key(new LinkedHashSet<>(List.of(1, 2)))))
        .isEqualTo(hex(key(new LinkedHashSet<>(List.of(2, 1)))))
        .isEqualTo(hex(key(new TreeSet<>(Set.of(1, 2)))))
        .isEqualTo(hex(key(Set.of(1, 2))));
    assertThat(hex(key(new ArrayList<>(List.of("a"))))).isEqualTo(hex(key(List.of("a"))));
    var map = new LinkedHashMap<String, Integer>();
    map.put("b", 2);
    map.put("a", 1);
    assertThat(hex(key(map))).isEqualTo(hex(key(Map.of("a", 1, "b", 2))));
  }

  @Test
  void row117BytesAreTheSameInAllJvmsAndVersions() throws Exception {
    var key = key("a", 1, null, Set.of("x", "y", "z"), Thread.State.NEW, new long[] {1});

    var golden =
        "aced00057372001b6465762e6c61726465722e6364692e417267756d656e74466f726d0000000000"
            + "00000103000078707720000000067300016169000000013053000000037300017873000179730001"
            + "7a4f7e7200166a6176612e6c616e672e546872656164245374617465000000000000000012000078"
            + "72000e6a6176612e6c616e672e456e756d000000000000000012000078707400034e455777014f75"
            + "7200025b4a782004b512b17593020000787000000001000000000000000178";

    assertThat(hex(key)).isEqualTo(golden);
    assertThat(read(HexFormat.of().parseHex(golden))).isEqualTo(key);
  }

  @Test
  void row117NullIsStoredAsAConstantOfOneName() throws Exception {
    var golden =
        "aced00057e7200186465762e6c61726465722e6364692e4e756c6c56616c7565000000000000000012000078"
            + "72000e6a6176612e6c616e672e456e756d00000000000000001200007870740004"
            + "4e554c4c";

    assertThat(HexFormat.of().formatHex(bytes(NullValue.NULL))).isEqualTo(golden);
    assertThat(read(HexFormat.of().parseHex(golden))).isSameAs(NullValue.NULL);
  }

  @Test
  void row115ArgumentThatIsNotSerializableIsReported() {
    assertThatThrownBy(() -> bytes(key(new Object())))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("java.lang.Object");
  }

  private static MethodKey key(Object... arguments) {
    return new MethodKey(arguments);
  }

  private static String hex(MethodKey key) {
    try {
      return HexFormat.of().formatHex(bytes(key));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(Object key) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(key);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws Exception {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
