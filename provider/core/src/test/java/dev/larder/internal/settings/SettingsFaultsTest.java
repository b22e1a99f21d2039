package dev.larder.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.internal.Texts;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users get wrong in configurations; the numbers are those of the catalogue of faults. */
class SettingsFaultsTest {
  @TempDir private Path directory;

  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager open(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("larder.properties"), text);
    return provider.getCacheManager(file.toUri(), null);
  }

  @SuppressWarnings("unchecked") // the same types as the cache's
  private static LarderConfiguration<Object, Object> configuration(CacheManager manager) {
    return manager.getCache("a").getConfiguration(LarderConfiguration.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "a\\=b",
        "\\u0022a\\u0022",
        "a*b",
        "a?b",
        "../a",
        "a\\nb",
        "\\u00e9\\ud83d\\ude00",
        "a,type\\=evil",
        "[a]{b}\\\\^"
      })
  @DisplayName("85, 86: any name in a file is a cache, and one bean of JMX")
  void anyName(String escaped) throws Exception {
    ObjectName all = new ObjectName("javax.cache:type=CacheConfiguration,*");
    int before = ManagementFactory.getPlatformMBeanServer().queryNames(all, null).size();
    Properties parsed = new Properties();
    String text = "caches." + escaped + ".management = true";
    parsed.load(new StringReader(text));
    String name = parsed.stringPropertyNames().iterator().next().split("\\.management", 2)[0];

    CacheManager manager = open(text);

    if (name.contains("*")) {
      manager.createCache(name.substring(7), new MutableConfiguration<>());
    }
    assertThat(manager.getCacheNames()).containsExactly(name.substring(7));
    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null))
        .hasSize(before + 1);
    manager.close();
    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null)).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "10s, 10000",
    "5m, 300000",
    "2h, 7200000",
    "7d, 604800000",
    "PT1H, 3600000",
    "pt0.001s, 1",
    "1_000ms, 1000",
    "36500d, 3153600000000"
  })
  @DisplayName("90: times as people write them")
  void durations(String text, long millis) throws Exception {
    CacheManager manager = open("caches.a.expire-after-creation = " + text);
    ExpiryPolicy policy = configuration(manager).getExpiryPolicyFactory().create();
    assertThat(policy.getExpiryForCreation())
        .isEqualTo(new Duration(TimeUnit.MILLISECONDS, millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          redis.timout = 1s                | there is no setting 'redis'
          caches.a.expire-after-writes=5m  | there is no setting of a cache 'expire-after-writes'; did you mean 'expire-after-write'?
          ur1 = memory:                    | there is no setting 'ur1'; did you mean 'uri'?
          uri.scheme = memory              | there is no setting 'uri.scheme'; there are
          cachse.a.max-entries = 5         | there is no setting 'cachse'; did you mean 'caches'?
          caches = 5                       | there is no setting 'caches'; there are
          caches.a = 5                     | caches.a must have settings, such as caches.a.max-entries
          """)
  @DisplayName("108: a misspelt setting is refused with the nearest name")
  void misspelt(String text, String message) {
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("larder.properties:1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uri = here there         | uri is not allowed; it is a URI
          uri = localhost:6379     | no backend belongs to the URI 'localhost:6379'
          uri = //host             | uri is not allowed; it is a URI
          uri = file:/a/b.yaml     | uri must name a backend
          uri = larder:default     | uri must name a backend
          uri = memory:a?b=1       | caches in memory have no parameters
          uri =                    | uri is not allowed; it is a URI
          """)
  @DisplayName("109: a malformed URI in a file is refused")
  void malformedUri(String text, String message) {
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory:a?b=1",
        "nosuch:thing",
        "relative/path",
        "",
        "file://host/larder.yaml",
        "file:no-such.properties",
        "file:/",
        "classpath:no/such.properties",
        "jar:file:/no.jar!/larder.yaml",
        "jar:nonsense"
      })
  @DisplayName("109: a URI that leads nowhere is refused")
  void uriThatLeadsNowhere(String uri) {
    assertThatThrownBy(() -> provider.getCacheManager(URI.create(uri), null))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-entries = 0",
        "max-entries = -1",
        "max-entries = 1e3",
        "max-entries = NaN",
        "max-entries = 9223372036854775808",
        "max-weight = 64MB",
        "max-weight = -1KiB",
        "max-weight = 9999999999TiB",
        "expire-after-write = 0s",
        "expire-after-write = 10",
        "expire-after-write = -PT1S",
        "expire-after-write = 36501d",
        "expire-after-write = 9223372036854775807d",
        "statistics = yes"
      })
  @DisplayName("110: a value that cannot be is refused, with what is allowed")
  void outOfRange(String setting) {
    String value = setting.replace(" = ", "=");
    assertThatThrownBy(() -> open("caches.a." + setting))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(":1: cache 'a': " + value + " is not allowed; it is ");
  }

  @ParameterizedTest
  @CsvSource({"10_000, 10000", "64MiB, 67108864", "512KiB, 524288", "1 GiB, 1073741824"})
  @DisplayName("110: sizes as people write them")
  void sizes(String text, long bytes) throws Exception {
    assertThat(Texts.size(text)).isEqualTo(bytes);
    assertThat(configuration(open("caches.a.max-weight = " + text)).maxWeight()).isEqualTo(bytes);
  }

  @Test
  @DisplayName("108-110: all problems are in one exception, each with its line")
  void allAtOnce() {
    assertThatThrownBy(
            () ->
                open(
                    """
                    namspace = shop
                    enabled = perhaps
                    caches.a.max-entries = 5
                    caches.a.max-weight = 5MiB
                    caches.b.serializer = no.such.Serializer
                    """))
        .hasMessageContaining(":1: there is no setting 'namspace'; did you mean 'namespace'?")
        .hasMessageContaining(":2: enabled=perhaps is not allowed; it is true or false")
        .hasMessageContaining(":4: cache 'a' has max-entries and max-weight, which exclude")
        .hasMessageContaining(":5: cache 'b': serializer=no.such.Serializer is not allowed");
  }
}
