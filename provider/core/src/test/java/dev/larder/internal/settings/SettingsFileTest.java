package dev.larder.internal.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.Eviction;
import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.Undecodable;
import dev.larder.spi.Serializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @TempDir private Path directory;

  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private URI file(String... lines) throws IOException {
    return Files.writeString(directory.resolve("larder.properties"), String.join("\n", lines))
        .toUri();
  }

  private CacheManager open(String... lines) throws IOException {
    return provider.getCacheManager(file(lines), null);
  }

  @SuppressWarnings("unchecked") // the same types as the cache's
  private static <K, V> LarderConfiguration<K, V> configuration(Cache<K, V> cache) {
    return cache.getConfiguration(LarderConfiguration.class);
  }

  private static Duration creation(Cache<?, ?> cache) {
    ExpiryPolicy policy = configuration(cache).getExpiryPolicyFactory().create();
    return policy.getExpiryForCreation();
  }

  @Test
  void declaredCachesAreThereFromTheStart() throws Exception {
    CacheManager manager =
        open(
            "caches.users.key-type = java.lang.String",
            "caches.users.value-type = java.lang.Integer",
            "caches.users.expire-after-write = 5m",
            "caches.users.max-entries = 10_000",
            "caches.users.eviction-policy = lru",
            "caches.users.statistics = true",
            "caches.users.store-by-value = false",
            "caches.com.acme.Orders.expire-after-access = PT1H");

    assertThat(manager.getCacheNames()).containsExactly("com.acme.Orders", "users");
    Cache<String, Integer> users = manager.getCache("users", String.class, Integer.class);
    LarderConfiguration<String, Integer> configuration = configuration(users);
    assertThat(creation(users)).isEqualTo(new Duration(TimeUnit.MINUTES, 5));
    assertThat(configuration.maxEntries()).isEqualTo(10_000);
    assertThat(configuration.evictionPolicyFactory()).isEqualTo(Eviction.LRU);
    assertThat(configuration.isStatisticsEnabled()).isTrue();
    assertThat(configuration.isStoreByValue()).isFalse();
    users.put("a", 1);
    assertThat(users.get("a")).isEqualTo(1);
  }

  @Test
  void storedDataCanBeConfigured() throws Exception {
    CacheManager manager =
        open(
            "caches.users.undecodable = fail",
            "caches.users.allowed-classes = com.acme.User, com.acme.model.**");

    LarderConfiguration<Object, Object> users = configuration(manager.getCache("users"));
    assertThat(users.undecodable()).isEqualTo(Undecodable.FAIL);
    assertThat(users.allowedClasses()).containsExactly("com.acme.User", "com.acme.model.**");
    manager.close();
    assertThatThrownBy(
            () ->
                open(
                    "caches.users.undecodable = ignore",
                    "caches.users.allowed-classes = com.acme.*Model"))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll(
            ":1:", "undecodable=ignore", "miss, fail", ":2:", "com.acme.*Model", "com.acme.Order");
  }

  @Test
  void templateFillsInWhatAProgramLeavesOpen() throws Exception {
    CacheManager manager =
        open(
            "caches.*.max-entries = 7",
            "caches.users-*.expire-after-write = 10s",
            "caches.users-*.max-entries = 5",
            "caches.users-vip.statistics = true");

    Cache<Object, Object> bare = manager.createCache("users-1", new MutableConfiguration<>());
    assertThat(creation(bare)).isEqualTo(new Duration(TimeUnit.SECONDS, 10));
    assertThat(configuration(bare).maxEntries()).isEqualTo(5);
    assertThat(configuration(bare).isStatisticsEnabled()).isFalse();

    Cache<Object, Object> explicit =
        manager.createCache(
            "users-2",
            new MutableConfiguration<>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY)));
    assertThat(creation(explicit)).isEqualTo(Duration.ONE_DAY);

    Cache<Object, Object> declared = manager.getCache("users-vip");
    assertThat(configuration(declared).maxEntries()).isEqualTo(5);
    assertThat(configuration(declared).isStatisticsEnabled()).isTrue();

    Cache<Object, Object> other = manager.createCache("other", new MutableConfiguration<>());
    assertThat(configuration(other).maxEntries()).isEqualTo(7);
    assertThat(creation(other)).isEqualTo(Duration.ETERNAL);
  }

  @Test
  void classesAreFoundByTheManagersLoader() throws Exception {
    CacheManager manager =
        open(
            "caches.numbers.loader = " + Doubling.class.getName(),
            "caches.texts.serializer = " + Texts.class.getName());

    assertThat(manager.getCache("numbers").get(2)).isEqualTo(4);
    assertThat(configuration(manager.getCache("texts")).serializer()).isInstanceOf(Texts.class);
  }

  @Test
  void fileOnTheClassPathConfiguresTheDefaultManager() throws Exception {
    file("caches.users.max-entries = 3");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      CacheManager manager = provider.getCacheManager(null, loader);
      assertThat(manager.getCacheNames()).containsExactly("users");
      CacheManager named =
          provider.getCacheManager(URI.create("classpath:larder.properties"), loader);
      assertThat(named.getCacheNames()).containsExactly("users");
      provider.close(loader);
    }
    assertThat(provider.getCacheManager().getCacheNames()).isEmpty();
  }

  @Test
  void fileNamesTheBackend() throws Exception {
    assertThatThrownBy(() -> open("uri = nosuch://user:${LARDER_TEST_NOTHING:secret}@host"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("no backend belongs to the URI 'nosuch://host'")
        .hasMessageNotContaining("secret");
  }

  @Test
  void placeholdersAreSystemPropertiesThenVariables() throws Exception {
    System.setProperty("larder.test.entries", "12");
    try {
      CacheManager manager =
          open(
              "caches.a.max-entries = ${larder.test.entries:1}",
              "caches.b.max-entries = ${larder.test.nothing:2}");
      assertThat(configuration(manager.getCache("a")).maxEntries()).isEqualTo(12);
      assertThat(configuration(manager.getCache("b")).maxEntries()).isEqualTo(2);
    } finally {
      System.clearProperty("larder.test.entries");
    }
    assertThat(Placeholders.resolve("${PATH}")).isEqualTo(System.getenv("PATH"));
  }

  /** A secret of one letter must neither be told, nor be struck from the words of a message. */
  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "a", "_", "no.such.Hunter2", "com.hunter2.*User"})
  void whatAPlaceholderStandsForIsNotTold(String secret) {
    System.setProperty("larder.test.secret", secret);
    try {
      Throwable refusal =
          catchThrowable(
              () ->
                  open(
                      "namespace = ${larder.test.secret}",
                      "enabled = ${larder.test.secret}",
                      "caches.a.max-entries = ${larder.test.secret}",
                      "caches.a.loader = ${larder.test.secret}",
                      "caches.a.allowed-classes = com.*.${larder.test.secret}*"));

      String shown = "=${larder.test.secret} is not allowed; it is ";
      String file = directory.resolve("larder.properties").toUri().toString();
      assertThat(refusal)
          .isInstanceOf(CacheException.class)
          .hasMessage(
              "the configuration of CacheManager %1$s cannot be used:".formatted(file)
                  + "\n  %s:2: enabled%strue or false".formatted(file, shown)
                  + "\n  %s:3: cache 'a': max-entries%sa number from 1, such as 10_000"
                      .formatted(file, shown)
                  + "\n  %s:4: cache 'a': loader%sthe name of a class that implements %s"
                      .formatted(file, shown, CacheLoader.class.getName())
                  + "\n  %s:5: cache 'a': allowed-classes=com.*.${larder.test.secret}* is not allowed; it is names such as com.acme.Order, com.acme.* or com.acme.**, with commas between them"
                      .formatted(file));
      if (secret.length() > 1) {
        assertThat(stackTrace(refusal)).doesNotContain(secret);
      }
    } finally {
      System.clearProperty("larder.test.secret");
    }
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPlaces() {
    assertThatThrownBy(
            () ->
                open(
                    "url = redis://localhost",
                    "caches.a.max-entires = 5",
                    "caches.b.max-entries = many",
                    "caches.c.expire-after-write = 5m",
                    "caches.c.expire-after-access = 5m",
                    "caches.d.loader = java.lang.String",
                    "caches.e.max-entries = ${larder.test.nothing}"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("properties:1: there is no setting 'url'; did you mean 'uri'?")
        .hasMessageContaining(
            "properties:2: there is no setting of a cache 'max-entires'; did you mean"
                + " 'max-entries'?")
        .hasMessageContaining(
            "properties:3: cache 'b': max-entries=many is not allowed; it is a number from 1")
        .hasMessageContaining(
            "properties:5: cache 'c' has expire-after-write and expire-after-access")
        .hasMessageContaining(
            "properties:6: cache 'd': loader=java.lang.String is not allowed; it is the name of a"
                + " class that implements javax.cache.integration.CacheLoader")
        .hasMessageContaining("properties:7: ${larder.test.nothing} has no value");
  }

  @ParameterizedTest
  @CsvSource({
    "max-entries, 0", "max-entries, -1", "max-entries, 9999999999999999999999",
    "expire-after-write, 0s", "expire-after-write, 5", "expire-after-write, 99999999999999d",
    "expire-after-write, -PT1S", "statistics, yes", "eviction-policy, newest",
    "key-type, no.such.Type", "serializer, java.lang.Object", "writer, java.lang.Object"
  })
  void valueOutOfRangeIsRefused(String setting, String value) {
    assertThatThrownBy(() -> open("caches.a." + setting + " = " + value))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'a': " + setting + "=" + value + " is not allowed; it is ");
  }

  @Test
  void missingFileAndUnknownFormatAreRefused() throws Exception {
    assertThatThrownBy(() -> provider.getCacheManager(URI.create("classpath:nothing.yaml"), null))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("classpath:nothing.yaml");
    URI toml = Files.writeString(directory.resolve("larder.toml"), "").toUri();
    assertThatThrownBy(() -> provider.getCacheManager(toml, null))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("properties");
    assertThatThrownBy(
            () -> provider.getCacheManager(directory.resolve("no.properties").toUri(), null))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("no.properties");
  }

  /** A loader that a file can name. */
  public static final class Doubling implements CacheLoader<Integer, Integer> {
    @Override
    public Integer load(Integer key) {
      return 2 * key;
    }

    @Override
    public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** A serializer that a file can name. */
  public static final class Texts implements Serializer<String> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public byte[] encode(String value) {
      return Serializers.string().encode(value);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }
}
