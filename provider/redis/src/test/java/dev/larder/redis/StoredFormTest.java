package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.AsyncLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in Redis: readable for others where it can be, and the same in every release. */
class StoredFormTest extends EmptyServerTest {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final int NONCE_AND_CHECKSUM = 5;
  private static final int PAYLOAD = 17;

  // ---- the plain format -----------------------------------------------------------------------

  @Test
  void othersReadWhatCachesOfPlainTypesStore() throws Exception {
    Managers.strings(manager, "users").put("42", "Zoë");
    Managers.cache(manager, "counts", Long.class, Integer.class).put(7L, -1);
    Managers.cache(manager, "prices", String.class, BigDecimal.class)
        .put("tea", new BigDecimal("1.50"));

    assertThat(redisCli("GET", "users:42")).isEqualTo("Zoë");
    assertThat(redisCli("GET", "counts:7")).isEqualTo("-1");
    assertThat(redisCli("INCR", "counts:7")).isEqualTo("0");
    assertThat(redisCli("GET", "prices:tea")).isEqualTo("1.50");
  }

  @Test
  void whatOthersStoreIsRead() throws Exception {
    Cache<String, String> users = Managers.strings(manager, "users");
    Cache<Long, Long> counts = Managers.cache(manager, "counts", Long.class, Long.class);
    Cache<String, byte[]> files = Managers.cache(manager, "files", String.class, byte[].class);

    redisCli("SET", "users:42", "Zoë");
    redisCli("INCRBY", "counts:7", "41");
    redisCli("SET", "files:a b", "text");

    assertThat(users.get("42")).isEqualTo("Zoë");
    assertThat(users.replace("42", "Zoë", "Ann")).isTrue();
    assertThat(users).extracting(Cache.Entry::getKey).containsExactly("42");
    assertThat(counts.get(7L)).isEqualTo(41L);
    assertThat(files.get("a b")).isEqualTo("text".getBytes(UTF_8));
  }

  /** As {@code aiocache} does with its {@code JsonSerializer}: {@code namespace:key}, PX or EX. */
  @Test
  void cachesShareTheirNamespaceWithAiocache() throws Exception {
    Cache<String, String> main = Managers.strings(manager, "main");
    redisCli("SET", "main:user", "{\"name\": \"Ann\"}", "EX", "100");

    assertThat(main.get("user")).isEqualTo("{\"name\": \"Ann\"}");
    main.put("user", "{\"name\": \"Zoë\"}");

    assertThat(redisCli("GET", "main:user")).isEqualTo("{\"name\": \"Zoë\"}");
    assertThat((Long) server.command("TTL", "main:user")).isBetween(1L, 100L);
  }

  @Test
  void plainFormatHasNoOverhead() {
    Managers.strings(manager, "c").put("key", "x".repeat(1_000));
    byte[] bytes = {0, -1, '\r', '\n'};
    Managers.cache(manager, "bytes", String.class, byte[].class).put("key", bytes);

    assertThat(server.command("STRLEN", "c:key")).isEqualTo(1_000L);
    assertThat(server.bytes("GET", "bytes:key")).isEqualTo(bytes);
    assertThat((List<?>) server.command("KEYS", "*"))
        .map(String::valueOf)
        .containsExactlyInAnyOrder("c:key", "bytes:key");
  }

  @Test
  void emptyKeysAndValuesAreStored() {
    Cache<String, String> cache = Managers.strings(manager, "c");
    cache.put("", "");

    assertThat(server.command("STRLEN", "c:")).isEqualTo(0L);
    assertThat(server.command("EXISTS", "c:")).isEqualTo(1L);
    assertThat(cache.get("")).isEmpty();
    assertThat(cache).hasSize(1);
    assertThat(cache.remove("", "")).isTrue();
  }

  @Test
  void row80HalvesOfSurrogatePairsAreKeptApart() {
    Cache<String, String> cache = Managers.strings(manager, "c");
    cache.put("\uD83D", "1");
    cache.put("\uDE00", "2");
    cache.put("?", "3");
    cache.put("\uFFFD", "4");

    assertThat(cache.get("\uD83D")).isEqualTo("1");
    assertThat(cache)
        .extracting(Cache.Entry::getKey)
        .containsExactlyInAnyOrder("\uD83D", "\uDE00", "?", "\uFFFD");
  }

  @Test
  void row88ValuesOfAnotherKindCountAsMissing() {
    Cache<String, Integer> cache = Managers.cache(manager, "c", String.class, Integer.class);
    server.command("SET", "c:k", "no number");

    assertThat(cache.get("k")).isNull();
    assertThat(cache).isEmpty();
    cache.put("k", 1);
    assertThat(server.command("GET", "c:k")).isEqualTo("1");
  }

  @Test
  void lockIsItsTokenForAsLongAsItsLease() {
    Cache<String, String> locks = Managers.strings(manager, "locks");
    AsyncLock<String> lock = AsyncLock.of(AsyncCache.of(locks), "a", Duration.ofMinutes(1));

    var lease = lock.tryAcquire().toCompletableFuture().join();
    assertThat(server.command("GET", "locks:a")).isEqualTo(lease.token());
    assertThat((Long) server.command("PTTL", "locks:a")).isBetween(1L, 60_000L);
    assertThat(lease.release().toCompletableFuture().join()).isTrue();

    server.command("SET", "locks:a", "token of another release", "PX", "60000");
    assertThat(lock.tryAcquire().toCompletableFuture().join()).isNull();
    assertThat(lease.release().toCompletableFuture().join()).isFalse();
    assertThat(server.command("GET", "locks:a")).isEqualTo("token of another release");
  }

  @Test
  void namespaceStandsBeforeTheName() {
    Properties properties = new Properties();
    properties.setProperty("larder.namespace", "app");
    try (CacheManager byProperty = Managers.open(server.uri(), properties);
        CacheManager byUri = Managers.open(URI.create(server.uri() + "/0?namespace=other"))) {
      Managers.strings(byProperty, "c").put("k", "1");
      Managers.strings(byUri, "c").put("k", "2");

      assertThat(server.command("GET", "app:c:k")).isEqualTo("1");
      assertThat(server.command("GET", "other:c:k")).isEqualTo("2");
      assertThat(server.command("DBSIZE")).isEqualTo(2L);
    }
  }

  @Test
  void uriNamesTheDatabase() {
    try (CacheManager second = Managers.open(URI.create(server.uri() + "/3"))) {
      Managers.strings(second, "c").put("k", "v");

      assertThat(server.command("DBSIZE")).isEqualTo(0L);
      assertThat(String.valueOf(server.command("INFO", "keyspace"))).contains("db3:keys=1");
    }
  }

  private static String redisCli(String... words) throws Exception {
    List<String> commandLine = new ArrayList<>(List.of("redis-cli", "--raw"));
    commandLine.addAll(List.of("-p", Integer.toString(server.port())));
    commandLine.addAll(List.of(words));
    Process process = new ProcessBuilder(commandLine).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.stripTrailing();
  }

  // ---- golden bytes ---------------------------------------------------------------------------

  /** Keys and values of all kinds, whose bytes stand in {@code stored-form.properties}. */
  private static Stream<Sample<?, ?>> samples() {
    ArrayList<String> list = new ArrayList<>(List.of("a", "b"));
    return Stream.of(
        new Sample<>("strings", String.class, String.class, "key", "Zoë 東京 \uD83D\uDE00"),
        new Sample<>("tilde-key", String.class, String.class, "~key", "~value"),
        new Sample<>("half-a-pair-key", String.class, String.class, "\uD83D", "value"),
        new Sample<>("integers", Integer.class, Integer.class, -42, Integer.MIN_VALUE),
        new Sample<>("longs", Long.class, Long.class, Long.MAX_VALUE, 0L),
        new Sample<>("shorts", Short.class, Short.class, (short) 1, (short) -1),
        new Sample<>("bytes", Byte.class, Byte.class, (byte) 1, (byte) -1),
        new Sample<>("doubles", Double.class, Double.class, 1.5, Double.NaN),
        new Sample<>("floats", Float.class, Float.class, 0.1f, -0f),
        new Sample<>(
            "big-numbers",
            BigInteger.class,
            BigDecimal.class,
            BigInteger.TEN,
            new BigDecimal("1e3")),
        new Sample<>("uuids", UUID.class, UUID.class, ID, ID),
        new Sample<>("byte-arrays", String.class, byte[].class, "key", new byte[] {0, -1, 13, 10}),
        new Sample<>("booleans", String.class, Boolean.class, "key", true),
        new Sample<>("dates", String.class, LocalDate.class, "key", LocalDate.of(2026, 11, 22)),
        new Sample<>("records", String.class, Person.class, "key", new Person("Zoë", 42)),
        new Sample<>("record-keys", Person.class, String.class, new Person("Zoë", 42), "value"),
        new Sample<>("untyped-string", Object.class, Object.class, "1", "text"),
        new Sample<>("untyped-integer", Object.class, Object.class, 1, 1),
        new Sample<>("untyped-long", Object.class, Object.class, 1L, 1L),
        new Sample<>("untyped-byte", Object.class, Object.class, (byte) 1, (byte) -1),
        new Sample<>("untyped-short", Object.class, Object.class, (short) 1, (short) -1),
        new Sample<>("untyped-float", Object.class, Object.class, 0.1f, -0f),
        new Sample<>("untyped-double", Object.class, Object.class, 1.5, Double.NaN),
        new Sample<>(
            "untyped-big-numbers",
            Object.class,
            Object.class,
            BigInteger.TEN,
            new BigDecimal("1.50")),
        new Sample<>("untyped-list", Object.class, Object.class, ID, list));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <K, V> void row117WritesTheGoldenBytes(Sample<K, V> sample) throws IOException {
    Managers.cache(manager, "c", sample.keyType, sample.valueType).put(sample.key, sample.value);

    List<?> keys = (List<?>) server.command("KEYS", "*");
    assertThat(keys).hasSize(1);
    String key = String.valueOf(keys.get(0));
    byte[] value = server.bytes("GET", key);
    Map<String, String> golden = golden(sample.name);
    String keyHex = HexFormat.of().formatHex(key.getBytes(UTF_8));
    assertThat(keyHex).as("key of %s = %s", sample.name, keyHex).isEqualTo(golden.get("key"));
    String valueHex = HexFormat.of().formatHex(value);
    assertThat(masked(value))
        .as("value of %s = %s", sample.name, valueHex)
        .isEqualTo(masked(HexFormat.of().parseHex(golden.get("value"))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <K, V> void row117ReadsTheGoldenBytes(Sample<K, V> sample) throws IOException {
    Cache<K, V> cache = Managers.cache(manager, "c", sample.keyType, sample.valueType);
    Map<String, String> golden = golden(sample.name);
    server.command(
        "SET".getBytes(UTF_8),
        HexFormat.of().parseHex(golden.get("key")),
        HexFormat.of().parseHex(golden.get("value")));

    assertThat(cache.get(sample.key)).isEqualTo(sample.value);
    assertThat(cache)
        .singleElement()
        .satisfies(entry -> assertThat(entry.getKey()).isEqualTo(sample.key))
        .satisfies(entry -> assertThat(entry.getValue()).isEqualTo(sample.value));
    boolean equalsItsCopy = !sample.value.getClass().isArray();
    assertThat(cache.remove(sample.key, sample.value)).isEqualTo(equalsItsCopy);
  }

  /** An envelope's nonce is another each time, and hence its checksum. */
  private static String masked(byte[] value) {
    String hex = HexFormat.of().formatHex(value);
    return hex.startsWith("4ca7")
        ? hex.substring(0, 2 * NONCE_AND_CHECKSUM) + " … " + hex.substring(2 * PAYLOAD)
        : hex;
  }

  private static Map<String, String> golden(String name) throws IOException {
    Properties all = new Properties();
    try (InputStream in = StoredFormTest.class.getResourceAsStream("stored-form.properties")) {
      all.load(in);
    }
    return Map.of(
        "key", all.getProperty(name + ".key", ""), "value", all.getProperty(name + ".value", ""));
  }

  private record Sample<K, V>(String name, Class<K> keyType, Class<V> valueType, K key, V value) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Person(String name, int age) implements Serializable {}
}
