package dev.larder.docs.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.spi.Serializer;
import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.servers.RedisServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Moves an application that names no backend to real servers, by what frameworks leave to its
 * operator; its bare caches get their settings from the file.
 */
final class MovedApplicationTest {
  private static final String CACHES =
      """
      caches:
        "users-*":
          expire-after-write: 5m
          serializer: %s
      """
          .formatted(Marked.class.getName());

  private static RedisServer redis;
  private static MemcachedServer memcached;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    memcached = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
    memcached.close();
  }

  @AfterEach
  void forget() {
    System.clearProperty("larder.uri");
  }

  /** A server that caches can be moved to. */
  enum Target {
    REDIS {
      @Override
      URI uri() {
        return redis.uri();
      }

      @Override
      void assertHas(String cache) {
        assertThat(redis.command("GET", cache + ":key")).isEqualTo("marked value");
        assertThat((Long) redis.command("PTTL", cache + ":key")).isBetween(1L, 300_000L);
      }
    },
    MEMCACHED {
      @Override
      URI uri() {
        return memcached.uri();
      }

      @Override
      void assertHas(String cache) {
        assertThat(memcached.command("get " + cache + ":key")).contains("marked value");
        String ttl = String.valueOf(memcached.command("mg " + cache + ":key t"));
        assertThat(ttl).matches("(?s).*HD t[1-9][0-9]?[0-9]?\\b.*");
      }
    };

    abstract URI uri();

    /** A JVM that has just begun may take long to connect. */
    String patient() {
      return uri() + "?connectTimeout=20s&timeout=20s";
    }

    abstract void assertHas(String cache);
  }

  @ParameterizedTest
  @EnumSource
  void fileOnTheClassPathIsEnough(Target target) throws Exception {
    Files.writeString(directory.resolve("larder.yaml"), "uri: " + target.patient() + "\n" + CACHES);
    runApplication("users-file");
    target.assertHas("users-file");
  }

  @ParameterizedTest
  @EnumSource
  void systemPropertyIsEnough(Target target) throws Exception {
    Files.writeString(directory.resolve("larder.yaml"), "uri: redis://127.0.0.1:1\n" + CACHES);
    System.setProperty("larder.uri", target.patient());
    runApplication("users-property");
    target.assertHas("users-property");
  }

  @ParameterizedTest
  @EnumSource
  void environmentVariableIsEnough(Target target) throws Exception {
    Files.writeString(directory.resolve("larder.yaml"), CACHES);
    ProcessBuilder jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                directory + ":" + System.getProperty("java.class.path"),
                Application.class.getName(),
                "users-variable")
            .redirectErrorStream(true);
    jvm.environment().put("LARDER_URI", target.patient());
    Process process = jvm.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    target.assertHas("users-variable");
  }

  @Test
  void propertyMovesCachesBackToMemory() throws Exception {
    Files.writeString(
        directory.resolve("larder.yaml"),
        "uri: redis://127.0.0.1:1\nredis: {timeout: 2s}\ncaches: {a*: {max-entries: 7}}");
    System.setProperty("larder.uri", "memory:");
    try (URLClassLoader loader = application()) {
      CachingProvider provider = Caching.getCachingProvider(loader);
      Cache<Object, Object> cache =
          provider.getCacheManager(null, loader).createCache("all", new MutableConfiguration<>());
      @SuppressWarnings("unchecked") // of the same types
      LarderConfiguration<Object, Object> configuration =
          cache.getConfiguration(LarderConfiguration.class);
      assertThat(configuration.maxEntries()).isEqualTo(7);
      provider.close();
    }
  }

  /** As Spring Boot names a file in an executable jar, and Hibernate one in any jar. */
  @Test
  void fileInAJarIsNamedByItsUri() throws Exception {
    Path jar = directory.resolve("application.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("config/larder.yaml"));
      entries.write("caches: {declared: {}}".getBytes(UTF_8));
    }
    URI uri = URI.create("jar:" + jar.toUri() + "!/config/larder.yaml");
    try (CacheManager manager =
        Caching.getCachingProvider().getCacheManager(uri, null, new Properties())) {
      assertThat(manager.getCacheNames()).containsExactly("declared");
    }
  }

  private URLClassLoader application() throws IOException {
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, MovedApplicationTest.class.getClassLoader());
  }

  private void runApplication(String cache) throws Exception {
    try (URLClassLoader loader = application()) {
      Application.run(loader, cache);
    }
  }

  /** What frameworks do: the default URI, their class loader, and a bare configuration. */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) {
      List.of(arguments).forEach(cache -> run(Application.class.getClassLoader(), cache));
    }

    static void run(ClassLoader loader, String cache) {
      CachingProvider provider = Caching.getCachingProvider(loader);
      CacheManager manager =
          provider.getCacheManager(
              provider.getDefaultURI(), loader, provider.getDefaultProperties());
      manager.createCache(cache, new MutableConfiguration<>()).put("key", "value");
      provider.close();
    }
  }

  /** A serializer whose work can be seen on the server. */
  public static final class Marked implements Serializer<Object> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public byte[] encode(Object value) {
      return Serializers.string().encode("marked " + value);
    }

    @Override
    public Object decode(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }
}
