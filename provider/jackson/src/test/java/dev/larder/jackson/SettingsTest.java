package dev.larder.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.spi.SettingsFormat.Setting;
import dev.larder.tck.servers.RedisServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path directory;

  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager open(String name, String text) throws IOException {
    return provider.getCacheManager(Files.writeString(directory.resolve(name), text).toUri(), null);
  }

  @Test
  void yamlMovesCachesToRedis() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      CacheManager manager =
          open(
              "larder.yaml",
              """
              # where the caches are
              uri: redis://127.0.0.1:${larder.test.port:%d}?connectTimeout=20s
              caches:
                users:
                  key-type: java.lang.String
                  value-type: java.lang.Integer
                "*":
                  expire-after-write: 5m
              """
                  .formatted(server.port()));
      Cache<String, Integer> users = manager.getCache("users", String.class, Integer.class);
      users.put("a", 1);
      manager.createCache("other", new MutableConfiguration<>()).put("b", 2);

      assertThat(server.command("GET", "users:a")).isEqualTo("1");
      assertThat((Long) server.command("PTTL", "users:a")).isBetween(200_000L, 300_000L);
      assertThat((Long) server.command("PTTL", "other:b")).isBetween(200_000L, 300_000L);
      provider.close();
    }
  }

  @Test
  void jsonDeclaresCaches() throws Exception {
    CacheManager manager =
        open("larder.json", "{\"caches\": {\"com.acme.Users\": {\"max-entries\": 5}}}");

    Cache<Object, Object> users = manager.getCache("com.acme.Users");
    @SuppressWarnings("unchecked") // of the same types
    LarderConfiguration<Object, Object> configuration =
        users.getConfiguration(LarderConfiguration.class);
    assertThat(configuration.maxEntries()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"caches:\n  a: {}\n  b:\n  c: ~", "redis:\ncaches: {a: {}, b: {}, c: {}}"})
  void cachesWithoutSettingsAreThere(String yaml) throws Exception {
    assertThat(open("larder.yaml", yaml).getCacheNames()).containsExactly("a", "b", "c");
  }

  @Test
  void twoFilesOnTheClassPathAreRefused() throws Exception {
    Files.writeString(directory.resolve("larder.properties"), "caches.a =");
    Files.writeString(directory.resolve("larder.yaml"), "caches: {b: {}}");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      assertThatThrownBy(() -> provider.getCacheManager(null, loader))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("[larder.properties, larder.yaml]; keep one");
    }
  }

  @Test
  void emptyFileSaysNothing() throws Exception {
    assertThat(open("larder.yaml", "caches:").getCacheNames()).isEmpty();
    assertThat(open("larder.json", "{}").getCacheNames()).isEmpty();
    assertThatThrownBy(() -> open("empty.yaml", "uri:"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("empty.yaml:1: uri is not allowed; it is a URI");
  }

  @Test
  void placesAreTold() {
    assertThat(new YamlSettings().read("caches:\n  a:\n    max-entries: 5\n    statistics: true"))
        .containsExactly(
            new Setting(List.of("caches", "a", "max-entries"), "5", 3),
            new Setting(List.of("caches", "a", "statistics"), "true", 4));
    assertThatThrownBy(() -> open("larder.yml", "caches:\n  a:\n    max-entires: 5"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("larder.yml:3: there is no setting of a cache 'max-entires'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "1",
        "{\"uri\": [1]}",
        "{\"uri\": 1",
        "{} {}",
        "{\"uri\": 1} x",
        "{\"uri\": \"memory:a\", \"uri\": \"memory:b\"}"
      })
  void whatIsNoTreeIsRefused(String json) {
    assertThatThrownBy(() -> open("larder.json", json))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("larder.json cannot be read: line 1: ");
    assertThat(new JsonSettings().read("")).isEmpty();
    assertThat(new YamlSettings().read("# nothing")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("114: aliases, tags and endless nesting do nothing")
  void hostileFiles(String name, String text, String message) {
    assertThatThrownBy(() -> open(name, text))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> hostileFiles() {
    return Stream.of(
        arguments(
            "laughs.yaml",
            "a: &a lol\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]",
            "b must have one value"),
        arguments("alias.yaml", "namespace: &a x\nuri: *a", "line 2: uri is an alias"),
        arguments(
            "tag.yaml",
            "uri: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1:1']]",
            "uri must have one value"),
        arguments("merge.yaml", "caches:\n  a:\n    <<: {max-entries: 5}", "caches.a.<<"),
        arguments("bomb.json", "{\"a\":".repeat(100_000), "cannot be read"),
        arguments("bomb.yaml", "{a: ".repeat(100_000), "cannot be read"),
        arguments("two.yaml", "uri: memory\n---\nuri: memory", "nothing else"),
        arguments("control.yaml", "uri: \0", "cannot be read"));
  }
}
