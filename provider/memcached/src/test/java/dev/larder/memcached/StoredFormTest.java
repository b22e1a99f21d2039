package dev.larder.memcached;

import static dev.larder.memcached.Caches.failureOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.MemcachedServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others see of the entries, by the text protocol, and how theirs are read. */
class StoredFormTest {
  private static MemcachedServer server;
  private CacheManager manager;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void openManager() {
    server.command("flush_all");
    manager = Caches.manager(server.uri(), "namespace=shop&timeout=5s");
  }

  @AfterEach
  void closeManager() {
    manager.close();
  }

  private <V> Cache<String, V> cache(Class<V> type) {
    return Caches.cache(manager, "names", String.class, type);
  }

  /** Counts what is there; the server's own count has what is flushed and not yet freed. */
  private static long items() {
    return server
        .command("lru_crawler metadump hash")
        .lines()
        .filter(s -> s.startsWith("key="))
        .count();
  }

  // ---- values ---------------------------------------------------------------------------------

  @Test
  void textIsPlain() {
    Cache<String, String> cache = cache(String.class);
    cache.put("home", "Zuhause é 🙂");

    assertThat(server.command("get shop:names:home"))
        .isEqualTo("VALUE shop:names:home 0 15\r\nZuhause é 🙂\r\nEND");
    server.command("set shop:names:about 0 0 3\r\nÜb");
    assertThat(cache.get("about")).isEqualTo("Üb");
  }

  @Test
  void numbersAndBytesArePlain() {
    Caches.cache(manager, "numbers", String.class, Long.class).put("a", -7L);
    Caches.cache(manager, "exact", String.class, BigDecimal.class).put("a", new BigDecimal("1.50"));
    Caches.cache(manager, "bytes", String.class, byte[].class)
        .put("a", new byte[] {65, 13, 10, 66});

    assertThat(server.command("get shop:numbers:a")).contains(" 0 2\r\n-7\r\n");
    assertThat(server.command("get shop:exact:a")).contains(" 0 4\r\n1.50\r\n");
    assertThat(server.command("get shop:bytes:a")).contains(" 0 4\r\nA\r\nB\r\n");
  }

  @Test
  void objectsAreEnvelopedWithFlags0() {
    cache(LocalDate.class).put("a", LocalDate.EPOCH);

    String item = new String(server.command("get shop:names:a".getBytes(UTF_8)), ISO_8859_1);
    assertThat(item).startsWith("VALUE shop:names:a 0 ").contains("\r\nL\u00a7\u0001\u0001");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 0x7fff_ffff})
  void othersMayHaveFlagsOfTheirOwn(int flags) {
    server.command("set shop:names:a " + flags + " 0 5\r\nvalue");

    assertThat(cache(String.class).get("a")).isEqualTo("value");
  }

  @Test
  void whatIsNoHeaderIsTakenAsItIs() {
    Cache<String, byte[]> cache = cache(byte[].class);
    for (byte[] value :
        List.of(
            new byte[0],
            new byte[11],
            ByteBuffer.allocate(20).putLong(Long.MAX_VALUE).putInt(9).array(),
            ByteBuffer.allocate(20).putLong(Long.MAX_VALUE).putInt(-1).array())) {
      server.command(
          "set shop:names:a %d 0 %d\r\n%s"
              .formatted(StoredItem.HEADED, value.length, new String(value, ISO_8859_1))
              .getBytes(ISO_8859_1));
      assertThat(cache.get("a")).isEqualTo(value);
    }
  }

  // ---- times ----------------------------------------------------------------------------------

  @Test
  void timesOfWholeSecondsAreTheServersWhereEachChangeSetsThem() {
    Cache<String, String> cache =
        manager.createCache(
            "names",
            LarderConfiguration.builder(String.class, String.class)
                .expiryPolicy(ModifiedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 90)))
                .build());
    cache.put("a", "value");

    assertThat(server.command("mg shop:names:a f t v")).matches("VA 5 f0 t(90|89)\r\nvalue");
    cache.put("a", "other");
    assertThat(server.command("mg shop:names:a f t v")).matches("VA 5 f0 t(90|89)\r\nother");
  }

  @Test
  void row98OtherTimesTravelWithTheValue() {
    Cache<String, String> cache =
        manager.createCache(
            "names",
            LarderConfiguration.builder(String.class, String.class)
                .expiryPolicy(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 90_500)))
                .build());
    long before = System.currentTimeMillis();
    cache.put("a", "value");

    String item = new String(server.command("mg shop:names:a f t v".getBytes(UTF_8)), ISO_8859_1);
    assertThat(item.split("\r\n", 2)[0]).matches("VA 17 f%d t9[12]".formatted(StoredItem.HEADED));
    ByteBuffer bytes = ByteBuffer.wrap(item.split("\r\n", 2)[1].getBytes(ISO_8859_1));
    long deadline = bytes.getLong();
    assertThat(deadline).isBetween(before + 90_500, System.currentTimeMillis() + 90_500);
    assertThat(bytes.getInt()).isZero();
    assertThat(UTF_8.decode(bytes).toString()).isEqualTo("value");

    cache.put("a", "other");
    byte[] updated = server.command("mg shop:names:a v".getBytes(UTF_8));
    assertThat(ByteBuffer.wrap(updated, 7, 8).getLong())
        .as("the same deadline")
        .isEqualTo(deadline);
    assertThat(new String(updated, ISO_8859_1)).endsWith("other");
  }

  @ParameterizedTest
  @EnumSource(
      value = TimeUnit.class,
      names = {"SECONDS", "MILLISECONDS", "DAYS"})
  void row91LongTimesNeverOverflow(TimeUnit unit) {
    for (long amount :
        new long[] {2_592_000, 2_592_001, 30_000_001, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      Cache<String, String> cache =
          manager.createCache(
              unit + "-" + amount,
              LarderConfiguration.builder(String.class, String.class)
                  .expiryPolicy(ModifiedExpiryPolicy.factoryOf(new Duration(unit, amount)))
                  .build());
      cache.put("a", "value");
      assertThat(cache.get("a")).as("%d %s", amount, unit).isEqualTo("value");
      assertThat(cache.replace("a", "value", "other")).isTrue();
      assertThat(cache.get("a")).as("%d %s", amount, unit).isEqualTo("other");
    }
  }

  // ---- keys -----------------------------------------------------------------------------------

  private static List<Object> oddKeys() {
    return new ArrayList<>(
        List.of(
            1,
            1L,
            "1",
            (short) 1,
            1.0,
            UUID.fromString("00000000-0000-0001-0000-000000000001"),
            LocalDate.EPOCH,
            List.of("a", 1),
            "",
            " ",
            "a b",
            "\t",
            "\r\n",
            "\0",
            "\u007f",
            "a\u0085b",
            "x 0 0 1\r\na\r\nset evil 0 0 4\r\nevil",
            "get a",
            "é",
            "e\u0301",
            "\ud800",
            "\udc00",
            "?",
            "\ufffd",
            "🙂".repeat(70),
            "x".repeat(250),
            "x".repeat(251),
            " ".repeat(400),
            "x".repeat(50_000),
            "~%a",
            "~#a",
            "~Sa",
            "%20",
            "a:b",
            "names:a",
            "*"));
  }

  @Test
  void rows78To82AnyKeyIsKeptApartAndComesBack() {
    Cache<Object, Object> cache =
        manager.createCache("names", LarderConfiguration.builder().build());
    Map<Object, Object> entries = new LinkedHashMap<>();
    oddKeys().forEach(key -> entries.put(key, entries.size()));

    entries.forEach(cache::put);

    entries.forEach((key, value) -> assertThat(cache.get(key)).as("%s", key).isEqualTo(value));
    assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
    Map<Object, Object> walked = new HashMap<>();
    cache.forEach(entry -> walked.put(entry.getKey(), entry.getValue()));
    assertThat(walked).isEqualTo(entries);
    assertThat(items()).isEqualTo(entries.size());
    entries.keySet().forEach(key -> assertThat(cache.remove(key)).as("%s", key).isTrue());
    assertThat(cache).isEmpty();
  }

  @Test
  void row83ClearRemovesOddKeysAndNoOtherCachesKeys() {
    Cache<Object, Object> cache =
        manager.createCache("names", LarderConfiguration.builder().build());
    List<Cache<Object, Object>> others = new ArrayList<>();
    for (String name : List.of("name", "names:", "names:a", "namess", "n ames", "x".repeat(300))) {
      others.add(manager.createCache(name, LarderConfiguration.builder().build()));
    }
    server.command("set shop:names2 0 0 1\r\n1");
    for (Object key : oddKeys()) {
      cache.put(key, "value");
      others.forEach(other -> other.put(key, "value"));
    }

    String flushes = server.stats().get("cmd_flush");
    cache.clear();

    assertThat(cache).isEmpty();
    int perCache = oddKeys().size();
    for (Cache<Object, Object> other : others) {
      assertThat(other).as(other.getName()).hasSize(perCache);
    }
    assertThat(items()).isEqualTo(1 + others.size() * perCache);
    assertThat(server.stats()).containsEntry("cmd_flush", flushes);
    others.get(5).clear();
    assertThat(others.get(5)).isEmpty();
  }

  // ---- what a newer release stores ------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("typesAndPolicies")
  <V> void row117ItemOfANewerReleaseIsMissingAndLeftAlone(
      Class<V> type, Factory<? extends ExpiryPolicy> policy, V value) {
    Cache<String, V> cache =
        manager.createCache(
            "names", LarderConfiguration.builder(String.class, type).expiryPolicy(policy).build());
    String longKey = "x".repeat(300);
    for (String key : List.of("a", longKey)) {
      String itemKey = key.equals("a") ? "shop:names:a" : hashedKey();
      server.command("set %s %d 0 5\r\nnewer".formatted(itemKey, StoredItem.HEADED + 1));

      assertThat(cache.get(key)).isNull();
      assertThat(cache.containsKey(key)).isFalse();
      assertThat(cache.getAll(Set.of(key))).isEmpty();
      assertThat(cache.iterator()).isExhausted();
      assertThat(cache.putIfAbsent(key, value)).isFalse();
      assertThat(cache.replace(key, value)).isFalse();
      assertThat(cache.getAndReplace(key, value)).isNull();
      assertThat(cache.remove(key, value)).isFalse();
      assertThat(server.command("mg " + itemKey + " f v"))
          .isEqualTo("VA 5 f%d\r\nnewer".formatted(StoredItem.HEADED + 1));

      cache.put(key, value);
      assertThat(cache.get(key)).isEqualTo(value);
      server.command("set %s %d 0 5\r\nnewer".formatted(itemKey, StoredItem.HEADED + 1));
      assertThat(cache.remove(key)).isTrue();
      assertThat(server.command("mg " + itemKey + " v")).isEqualTo("EN");
    }
  }

  private static Stream<Arguments> typesAndPolicies() {
    List<Factory<? extends ExpiryPolicy>> policies =
        List.of(
            EternalExpiryPolicy.factoryOf(),
            TouchedExpiryPolicy.factoryOf(Duration.ONE_MINUTE),
            CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 90_500)),
            TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 90_500)));
    return policies.stream()
        .flatMap(
            policy ->
                Stream.of(
                    arguments(String.class, policy, "value"),
                    arguments(byte[].class, policy, new byte[] {1}),
                    arguments(LocalDate.class, policy, LocalDate.EPOCH)));
  }

  private static String hashedKey() {
    return ItemKeys.of(("shop:names:" + "x".repeat(300)).getBytes(UTF_8));
  }

  // ---- golden bytes ---------------------------------------------------------------------------

  /** Keys and values whose items stand in {@code stored-form.properties}. */
  private static Stream<Sample<?>> samples() {
    return Stream.of(
        new Sample<>("text", String.class, "home", "Zuhause é 🙂"),
        new Sample<>("numbers", Long.class, "a", -7L),
        new Sample<>("exact-numbers", BigDecimal.class, "a", new BigDecimal("1.50")),
        new Sample<>("bytes", byte[].class, "a", new byte[] {0, -1, 13, 10}),
        new Sample<>("objects", LocalDate.class, "a", LocalDate.of(2026, 11, 22)),
        new Sample<>("encoded-key", String.class, "a b%\r\n", "value"),
        new Sample<>("marked-key", String.class, "~%a", "value"),
        new Sample<>("half-a-pair-key", String.class, "\ud83d", "value"),
        new Sample<>("long-key", String.class, "x".repeat(300), "value"),
        new Sample<>("long-encoded-key", String.class, " ".repeat(100), "value"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <V> void row117WritesTheGoldenItem(Sample<V> sample) throws IOException {
    cache(sample.type).put(sample.key, sample.value);

    Golden golden = golden(sample.name);
    String answer =
        new String(server.command(("mg " + golden.key + " f v").getBytes(UTF_8)), ISO_8859_1);
    assertThat(answer).contains("\r\n");
    assertThat(answer.split("\r\n", 2)[0]).endsWith(" f" + golden.flags);
    String value = HexFormat.of().formatHex(answer.split("\r\n", 2)[1].getBytes(ISO_8859_1));
    assertThat(masked(value))
        .as("value of %s = %s", sample.name, value)
        .isEqualTo(masked(golden.value));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <V> void row117ReadsTheGoldenItem(Sample<V> sample) throws IOException {
    Golden golden = golden(sample.name);
    byte[] value = HexFormat.of().parseHex(golden.value);
    String set =
        "set %s %s 0 %d\r\n".formatted(golden.key, golden.flags, value.length)
            + new String(value, ISO_8859_1);
    assertThat(server.command(set.getBytes(ISO_8859_1))).asString().isEqualTo("STORED");

    Cache<String, V> cache = cache(sample.type);
    assertThat(cache.get(sample.key)).isEqualTo(sample.value);
    assertThat(cache)
        .singleElement()
        .satisfies(entry -> assertThat(entry.getKey()).isEqualTo(sample.key))
        .satisfies(entry -> assertThat(entry.getValue()).isEqualTo(sample.value));
  }

  /** An envelope's nonce is another each time, and hence its checksum. */
  private static String masked(String value) {
    return value.replaceFirst("^(4ca7010100).{24}", "$1 … ");
  }

  private static Golden golden(String name) throws IOException {
    Properties all = new Properties();
    try (InputStream in = StoredFormTest.class.getResourceAsStream("stored-form.properties")) {
      all.load(in);
    }
    return new Golden(
        all.getProperty(name + ".key", ""),
        all.getProperty(name + ".flags", ""),
        all.getProperty(name + ".value", ""));
  }

  private record Golden(String key, String flags, String value) {}

  private record Sample<V>(String name, Class<V> type, String key, V value) {
    @Override
    public String toString() {
      return name;
    }
  }

  // ---- sizes ----------------------------------------------------------------------------------

  @Test
  void anEntryThatIsTooLargeIsRefusedBeforeItIsSent() {
    Cache<String, byte[]> cache = cache(byte[].class);
    cache.put("key", new byte[] {1});
    int most = (1 << 20) - 59 - "shop:names:key".length();

    cache.put("key", new byte[most]);
    assertThat(cache.get("key")).hasSize(most);
    long sent = Long.parseLong(server.stats().get("bytes_read"));
    assertThat(failureOf(() -> cache.put("key", new byte[most + 1])))
        .hasMessageContaining("takes 1048577 bytes")
        .hasMessageContaining("takes 1048576 at most")
        .hasMessageContaining("-I")
        .satisfies(e -> assertThat(e.isOutcomeUnknown()).isFalse());
    assertThat(failureOf(() -> cache.putIfAbsent("new", new byte[2 << 20])))
        .hasMessageContaining("nothing was sent");
    assertThat(failureOf(() -> cache.getAndReplace("key", new byte[2 << 20])))
        .hasMessageContaining("nothing was sent");

    assertThat(Long.parseLong(server.stats().get("bytes_read")) - sent).isLessThan(1_000);
    assertThat(cache.get("key")).hasSize(most);
  }

  @Test
  void theServerSaysHowLargeAnEntryMayBe() {
    try (MemcachedServer large = MemcachedServer.start("-I", "4m", "-m", "100");
        CacheManager other = Caches.manager(large.uri(), "timeout=5s")) {
      Cache<String, byte[]> cache = Caches.cache(other, byte[].class);
      cache.put("key", new byte[4_000_000]);

      assertThat(cache.get("key")).hasSize(4_000_000);
      assertThat(failureOf(() -> cache.put("key", new byte[4 << 20])))
          .hasMessageContaining("4194304 at most");
    }
  }
}
