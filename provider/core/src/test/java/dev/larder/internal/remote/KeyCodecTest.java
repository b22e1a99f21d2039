package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {
  private static final KeyCodec<Object> KEYS = codec("", "c", Object.class);

  private record Point(int x, int y) implements Serializable {}

  private static <K> KeyCodec<K> codec(String namespace, String cacheName, Class<K> type) {
    return new KeyCodec<>(
        namespace,
        cacheName,
        type,
        new JdkSerialization(
            cacheName, KeyCodecTest.class.getClassLoader(), List.of(type), List.of()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  // ---- different keys, different bytes --------------------------------------------------------

  /** Few characters, those that mean something to the codec, so that collisions would be found. */
  @Provide
  Arbitrary<String> trickyStrings() {
    return Arbitraries.strings()
        .withChars("~%:SXJilm13A-. \ud800\udc00\ufffd?\u0301e\u00e9\0\r\n*[]".toCharArray())
        .ofMaxLength(5);
  }

  @Provide
  Arbitrary<Object> keys() {
    return Arbitraries.oneOf(
        trickyStrings().map(Object.class::cast),
        Arbitraries.strings().all().ofMaxLength(20),
        Arbitraries.integers().between(-2, 2).map(i -> (byte) (int) i),
        Arbitraries.integers().between(-2, 2).map(i -> (short) (int) i),
        Arbitraries.integers().between(-2, 2),
        Arbitraries.longs().between(-2, 2),
        Arbitraries.integers().between(-2, 2).map(BigInteger::valueOf),
        Arbitraries.of("0", "0.0", "1", "1.0", "1.00", "1E+1", "10", "-1E-9").map(BigDecimal::new),
        Arbitraries.of(0f, -0f, 1f, Float.NaN, Float.MIN_VALUE),
        Arbitraries.of(0d, -0d, 1d, Double.NaN, Double.MAX_VALUE),
        Arbitraries.longs().between(0, 2).map(i -> new UUID(i, i)),
        Arbitraries.of('1', '~', true, false),
        trickyStrings().list().ofMaxSize(2),
        Arbitraries.integers().between(0, 2).map(i -> new Point(i, 1)));
  }

  @Property
  boolean rows82And87EqualBytesMeanEqualKeys(@ForAll("keys") Object a, @ForAll("keys") Object b) {
    return Arrays.equals(KEYS.encode(a), KEYS.encode(b)) == a.equals(b);
  }

  @Property
  void everyKeyComesBack(@ForAll("keys") Object key) throws UndecodableException {
    assertThat(KEYS.decode(KEYS.encode(key))).isEqualTo(key);
  }

  @Property
  boolean row82EqualBytesMeanEqualCaches(
      @ForAll("trickyStrings") String cache,
      @ForAll("trickyStrings") String key,
      @ForAll("trickyStrings") String otherCache,
      @ForAll("trickyStrings") String otherKey) {
    byte[] bytes = codec("n", cache, String.class).encode(key);
    byte[] otherBytes = codec("n", otherCache, String.class).encode(otherKey);
    return Arrays.equals(bytes, otherBytes) == (cache.equals(otherCache) && key.equals(otherKey));
  }

  @Property
  void row82NoKeyBeginsWithTheNameOfAnotherCache(
      @ForAll("trickyStrings") String cache,
      @ForAll("trickyStrings") String otherCache,
      @ForAll("trickyStrings") String key) {
    Assume.that(!cache.equals(otherCache));

    byte[] prefix = codec("", otherCache, String.class).prefix();

    assertThat(KeyCodecTest.hex(codec("", cache, String.class).encode(key)))
        .doesNotStartWith(KeyCodecTest.hex(prefix));
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  @Test
  void rows80To82SimilarKeysHaveDifferentBytes() {
    List<Object> keys =
        List.of(
            1,
            1L,
            "1",
            (short) 1,
            (byte) 1,
            1f,
            1d,
            '1',
            BigInteger.ONE,
            new BigDecimal("1"),
            new BigDecimal("1.0"),
            new BigDecimal("1.00"),
            0d,
            -0d,
            "~i1",
            "~Si1",
            "~~i1",
            "~",
            "",
            "?",
            "\ufffd",
            "\ud800",
            "\udc00",
            "~X2AA",
            "\u00e9",
            "e\u0301",
            List.of(1),
            List.of(1L));

    Set<String> bytes = new TreeSet<>();
    keys.forEach(key -> bytes.add(hex(KEYS.encode(key))));

    assertThat(bytes).hasSameSizeAs(keys);
  }

  @Test
  void row82ColonInANameIsNoColonInAKey() {
    assertThat(codec("", "a", String.class).encode("b:c"))
        .isNotEqualTo(codec("", "a:b", String.class).encode("c"));
  }

  @Test
  void row80NamesWithHalfASurrogatePairDiffer() {
    List<String> names = List.of("\ud800", "\udc00", "?", "%uD800", "\ufffd");

    assertThat(names.stream().map(name -> hex(codec("", name, String.class).prefix())))
        .doesNotHaveDuplicates();
  }

  // ---- the format, which is a promise ---------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "'', users, 42, users:42",
    "'', users, '', users:",
    "app, users, 42, app:users:42",
    "a:b, users, 42, a:b:users:42",
    "'', a:b, c, a%3Ab:c",
    "'', 50%, c, 50%25:c",
    "'', users, a:b, users:a:b",
    "'', users, ~x, users:~S~x",
    "'', users, zoë, users:zoë",
  })
  void row117StringsAreThemselves(String namespace, String cache, String key, String stored)
      throws UndecodableException {
    assertStoredAs(stored, codec(namespace, cache, String.class), key);
    assertStoredAs(stored, codec(namespace, cache, Object.class), key);
  }

  private static <K> void assertStoredAs(String stored, KeyCodec<K> codec, K key)
      throws UndecodableException {
    assertThat(text(codec.encode(key))).isEqualTo(stored);
    assertThat(codec.decode(stored.getBytes(UTF_8))).isEqualTo(key);
  }

  @Test
  void row117NumbersHaveTheirTypeUnlessItIsDeclared() throws Exception {
    assertStoredAs("c:~b1", KEYS, (byte) 1);
    assertStoredAs("c:~s1", KEYS, (short) 1);
    assertStoredAs("c:~i1", KEYS, 1);
    assertStoredAs("c:~l1", KEYS, 1L);
    assertStoredAs("c:~f1.0", KEYS, 1f);
    assertStoredAs("c:~d1.0", KEYS, 1d);
    assertStoredAs("c:~n1", KEYS, BigInteger.ONE);
    assertStoredAs("c:~m1.00", KEYS, new BigDecimal("1.00"));
    assertStoredAs("c:~u00000000-0000-0000-0000-000000000001", KEYS, new UUID(0, 1));
    assertStoredAs("c:~i1", codec("", "c", Number.class), 1);
    assertStoredAs("c:-1", codec("", "c", Integer.class), -1);
    assertStoredAs("c:1", codec("", "c", Long.class), 1L);
    assertStoredAs(
        "c:00000000-0000-0000-0000-000000000001", codec("", "c", UUID.class), new UUID(0, 1));
  }

  @Test
  void row117OtherKeysAreSerialized() throws Exception {
    assertStoredAs(
        "c:~JrO0ABXNyABNqYXZhLmxhbmcuQ2hhcmFjdGVyNItH2WsaJngCAAFDAAV2YWx1ZXhwAHg", KEYS, 'x');
    assertStoredAs("c:~X2AA", KEYS, "\ud800");
  }

  // ---- bytes that are no key ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~",
        "~Z1",
        "~i",
        "~ix",
        "~i99999999999",
        "~u1",
        "~u0-0-0-0-0",
        "~J",
        "~J!",
        "~JrO0A",
        "~X!"
      })
  void strangeKeysAreUndecodable(String key) {
    assertThatThrownBy(() -> KEYS.decode(("c:" + key).getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void keyThatIsNotUtf8IsUndecodable() {
    assertThatThrownBy(() -> KEYS.decode(new byte[] {'c', ':', (byte) 0xc3}))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void keyOfAnotherTypeIsUndecodable() {
    assertThatThrownBy(() -> codec("", "c", String.class).decode("c:~i1".getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class);
    assertThatThrownBy(() -> codec("", "c", Integer.class).decode("c:x".getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void keyOfAForbiddenClassIsUndecodable() {
    byte[] written = codec("", "c", Point.class).encode(new Point(1, 2));

    assertThatThrownBy(() -> KEYS_OF_A_STRANGER.decode(written))
        .isInstanceOf(UndecodableException.class);
  }

  private static final KeyCodec<Object> KEYS_OF_A_STRANGER = codec("", "c", Object.class);

  @Property
  void anyBytesAreAKeyOrUndecodable(@ForAll byte[] bytes) {
    byte[] key = Arrays.copyOf(KEYS.prefix(), KEYS.prefix().length + bytes.length);
    System.arraycopy(bytes, 0, key, KEYS.prefix().length, bytes.length);
    try {
      assertThat(KEYS.decode(key)).isNotNull();
    } catch (UndecodableException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Property
  void anySerializedBytesAreAKeyOrUndecodable(@ForAll byte[] bytes) {
    String key = "c:~J" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThatThrownBy(() -> KEYS.decode(key.getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class);
  }
}
