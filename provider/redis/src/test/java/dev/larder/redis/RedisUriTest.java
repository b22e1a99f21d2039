package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.LarderCachingProvider;
import dev.larder.tck.servers.RedisServer;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manager's URI leads to, and what it never shows. */
class RedisUriTest {
  private static final String CANARY = "canary-5ecret";

  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start("user ann on >" + CANARY + " ~* +@all");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void forgetProperty() {
    System.clearProperty("larder.uri");
  }

  @Test
  void propertyMovesTheDefaultUri() {
    System.setProperty("larder.uri", server.uri().toString());
    try (LarderCachingProvider provider = new LarderCachingProvider()) {
      Cache<String, String> cache = Managers.strings(provider.getCacheManager(), "moved");
      cache.put("k", "v");

      assertThat(server.command("GET", "moved:k")).isEqualTo("v");
      assertThat(provider.getCacheManager().getURI()).isEqualTo(provider.getDefaultURI());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void row109HostsHaveNamesOrAddresses(String host) {
    URI uri = URI.create("redis://ann:" + CANARY + "@" + host + ":" + server.port());
    try (CacheManager manager = Managers.open(uri)) {
      Managers.strings(manager, "c").put("host", host);
    }
    assertThat(server.command("GET", "c:host")).isEqualTo(host);
  }

  @Test
  void uriOfAManagerWinsOverTheProperty() {
    System.setProperty("larder.uri", server.uri().toString());
    try (CacheManager manager = Managers.open(URI.create("memory:mine"))) {
      Managers.strings(manager, "unmoved").put("k", "v");

      assertThat(server.command("EXISTS", "unmoved:k")).isEqualTo(0L);
    }
  }

  @Test
  void storingByReferenceIsSupportedInMemoryOnly() {
    LarderCachingProvider provider = new LarderCachingProvider();
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
    System.setProperty("larder.uri", server.uri().toString());
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
  }

  @Test
  void storingByReferenceIsRefused() {
    try (CacheManager manager = Managers.open(server.uri())) {
      assertThatThrownBy(
              () ->
                  manager.createCache(
                      "c", new MutableConfiguration<String, String>().setStoreByValue(false)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("'c'")
          .hasMessageContaining("setStoreByValue(true)");
      assertThat(manager.getCacheNames()).isEmpty();
      Managers.strings(manager, "c").put("k", "v");
    }
  }

  @Test
  @SuppressWarnings("try") // closed early, to see what it then says
  void nothingThatIsShownHasThePassword() throws Exception {
    URI uri = URI.create("redis://ann:" + CANARY + "@127.0.0.1:" + server.port() + "/0");
    try (CacheManager manager = Managers.open(uri)) {
      Cache<String, String> cache =
          manager.createCache(
              "shown",
              new MutableConfiguration<String, String>()
                  .setTypes(String.class, String.class)
                  .setManagementEnabled(true)
                  .setStatisticsEnabled(true));
      cache.put("k", "v");

      assertThat(manager.getURI()).hasToString(server.uri() + "/0");
      assertThat(manager.toString()).doesNotContain(CANARY);
      assertThat(manager.getProperties().toString()).doesNotContain(CANARY);
      assertThat(cache.toString()).doesNotContain(CANARY);
      assertThat(
              ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                  .map(Object::toString)
                  .filter(name -> name.contains("shown"))
                  .toList())
          .hasSize(3)
          .allSatisfy(name -> assertThat(name).doesNotContain(CANARY));
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName)
                  .collect(Collectors.joining()))
          .doesNotContain(CANARY);
      assertHidden(() -> Managers.strings(manager, "shown"));
      assertHidden(() -> manager.enableStatistics("none", true));
      manager.close();
      assertHidden(() -> manager.getCache("shown"));
      assertHidden(() -> cache.get("k"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://ann:%s@127.0.0.1:1",
        "redis://:%s@127.0.0.1:1",
        "redis://ann:x@%s@127.0.0.1:1",
        "redis://ann:%s@127.0.0.1:99999",
        "redis://ann:%s@127.0.0.1:port",
        "redis://ann:%s@",
        "redis://ann:%s@127.0.0.1:1/database",
        "redis://ann:%s@127.0.0.1:1?timeout=long",
        "rediss://ann:%s@127.0.0.1:1",
        "rediss://ann:%s@127.0.0.1:1?verifyPeer=PERHAPS",
        "redis-sentinel://%s@127.0.0.1:1/0#primary",
        "redis-sentinel://ann:%s@127.0.0.1:1",
        "redis-cluster://ann:%s@127.0.0.1:1,127.0.0.1:2",
        "redis-cluster://ann:%s@",
        "nosuch://ann:%s@127.0.0.1:1",
        "redis:ann:%s@127.0.0.1:1",
        "redis:ann:%s@",
        "redis://ann:p/%s@127.0.0.1:1",
        "redis://ann:p#%s@127.0.0.1:1",
      })
  void noRefusalShowsThePassword(String uri) {
    assertHidden(() -> Managers.open(URI.create(uri.formatted(CANARY))));
    System.setProperty("larder.uri", uri.formatted(CANARY));
    assertHidden(() -> Managers.open(URI.create("larder:default")));
  }

  @Test
  void propertyThatIsNoUriIsRefusedWithoutShowingIt() {
    System.setProperty("larder.uri", "redis://ann:" + CANARY + " @127.0.0.1:1");
    assertHidden(() -> Managers.open(URI.create("larder:default")));
  }

  private static void assertHidden(Runnable call) {
    Throwable refusal = catchThrowable(call::run);
    assertThat(refusal).isInstanceOfAny(CacheException.class, IllegalStateException.class);
    assertThat(Errors.text(refusal)).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://127.0.0.1:1?timeout=${larder.test.secret}, timeout=${larder.test.secret}",
    "redis://127.0.0.1:1?timeout=1${larder.test.secret}&inFlight=1, timeout=1${larder.test.secret}",
    "redis://127.0.0.1:1?${larder.test.parameter}, timeout=***",
    "redis://127.0.0.1:${larder.test.port:1}?timeout=7, timeout=7"
  })
  void whatAPlaceholderInAUriStandsForIsNotTold(String uri, String shown) {
    System.setProperty("larder.test.secret", "a");
    System.setProperty("larder.test.parameter", "timeout=a");
    Properties properties = new Properties();
    properties.setProperty("larder.uri", uri);
    try {
      assertThatThrownBy(() -> Managers.open(URI.create("larder:placeholders"), properties))
          .isInstanceOf(CacheException.class)
          .hasMessage(
              "the configuration of CacheManager larder:placeholders cannot be used:\n"
                  + "  the property larder.uri: %s is not allowed; it is a time from 10ms to 1h, such as 500ms, 2s, 5m or PT1H"
                      .formatted(shown));
    } finally {
      System.clearProperty("larder.test.secret");
      System.clearProperty("larder.test.parameter");
    }
  }
}
