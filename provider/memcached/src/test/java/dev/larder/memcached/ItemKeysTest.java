package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "shop:visits:home", "100%", "~", "~x", "é", "e\u0301", "🙂", "a\u00a0b"})
  void whatMemcachedCanHoldStaysAsItIs(String key) {
    assertThat(of(key)).isEqualTo(key);
    assertThat(ItemKeys.keyOf(key)).isEqualTo(key.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|~%",
        "a b|~%a%20b",
        "a%b c|~%a%25b%20c",
        "a\tb|~%a%09b",
        "a\u007f|~%a%7F",
        "é |~%%C3%A9%20",
        "~%a|~%~%25a",
        "~#a|~%~#a"
      })
  void row79WhatItCannotHoldIsPercentEncoded(String key, String expected) {
    assertThat(of(key)).isEqualTo(expected);
    assertThat(ItemKeys.keyOf(expected)).isEqualTo(key.getBytes(UTF_8));
  }

  @Test
  void row78WhatIsTooLongIsHashedBehindItsBeginning() {
    String key = "shop:visits:" + "x".repeat(300);
    String hashed = of(key);

    assertThat(hashed).hasSize(ItemKeys.LONGEST).startsWith("~#").contains("shop:visits:xxx");
    assertThat(ItemKeys.isHashed(hashed)).isTrue();
    assertThat(new String(ItemKeys.keyOf(hashed), UTF_8)).startsWith("shop:visits:xxx");
    assertThat(of(key + "x")).isNotEqualTo(hashed);
  }

  @Test
  void aBeginningEndsWithAWholeByte() {
    for (int length = 0; length < 5; length++) {
      byte[] key = ("x".repeat(length) + " ".repeat(200)).getBytes(UTF_8);
      byte[] beginning = ItemKeys.keyOf(ItemKeys.of(key));

      assertThat(key).startsWith(beginning);
      assertThat(beginning.length).isGreaterThan(60);
    }
  }

  @Test
  void row78TheLongestPlainKeyHas250Bytes() {
    assertThat(of("x".repeat(250))).isEqualTo("x".repeat(250));
    assertThat(of("x".repeat(251))).startsWith("~#");
    assertThat(of("🙂".repeat(62))).isEqualTo("🙂".repeat(62));
    assertThat(of("🙂".repeat(63))).startsWith("~#");
  }

  @Test
  void whatOthersWroteIsNotTakenForAnEncodedKey() {
    for (String foreign : List.of("~%a", "~%a%2", "~%a%zz", "~%%61 ", "~#short")) {
      assertThat(ItemKeys.keyOf(foreign)).as(foreign).isNull();
    }
  }

  @Test
  void row82DifferentKeysStayDifferentAndCanBeTold() {
    Random random = new Random(7);
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[random.nextInt(6)];
      for (int j = 0; j < key.length; j++) {
        key[j] = "~%#a 2\t\u007f\u00c3\u00a9".getBytes(UTF_8)[random.nextInt(12)];
      }
      keys.add(key);
    }
    Map<String, ByteBuffer> seen = new HashMap<>();
    for (byte[] key : keys) {
      String itemKey = ItemKeys.of(key);
      assertThat(seen.put(itemKey, ByteBuffer.wrap(key))).isIn(null, ByteBuffer.wrap(key));
      assertThat(ItemKeys.keyOf(itemKey)).isEqualTo(key);
      assertThat(itemKey.getBytes(UTF_8).length)
          .isEqualTo(ItemKeys.length(itemKey))
          .isBetween(1, ItemKeys.LONGEST);
      assertThat(itemKey.chars()).noneMatch(c -> c <= ' ' || c == 0x7f);
    }
    assertThat(seen).hasSizeGreaterThan(5_000);
  }

  private static String of(String key) {
    return ItemKeys.of(key.getBytes(UTF_8));
  }
}
