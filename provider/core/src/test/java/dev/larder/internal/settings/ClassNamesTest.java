package dev.larder.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes that a configuration names, and what they do while a manager opens. */
class ClassNamesTest {
  private static final URI URI_OF_MANAGER = URI.create("memory:classes");

  @TempDir private Path directory;

  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private static Properties property(String setting, String value) {
    Properties properties = new Properties();
    properties.setProperty("larder.caches.a." + setting, value);
    return properties;
  }

  private CacheManager open(String setting, Class<?> type) {
    return provider.getCacheManager(URI_OF_MANAGER, null, property(setting, type.getName()));
  }

  @Test
  @DisplayName("113: a class that only the manager's class loader sees is found")
  void managersLoaderFindsClasses() throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Elsewhere.java"),
            """
            import java.util.Map;
            public class Elsewhere implements javax.cache.integration.CacheLoader<String, String> {
              public String load(String key) { return "loaded " + key; }
              public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return Map.of();
              }
            }
            """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath =
        Path.of(Caching.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    assertThat(compiler.run(null, null, null, "-cp", classPath, source.toString())).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      CacheManager manager =
          provider.getCacheManager(URI_OF_MANAGER, loader, property("loader", "Elsewhere"));
      assertThat(manager.getCache("a").get("key")).isEqualTo("loaded key");
      provider.close(loader);
    }
    assertThatThrownBy(
            () -> provider.getCacheManager(URI_OF_MANAGER, null, property("loader", "Elsewhere")))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("the manager's class loader finds no such class");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("113: a class that does not do what it is named for is refused")
  @CsvSource({
    "serializer, java.lang.String, it is the name of a class that implements dev.larder.spi.Serializer (the class does not implement it)",
    "loader, java.lang.Thread, implements javax.cache.integration.CacheLoader (the class does not implement it)",
    "writer, javax.cache.integration.CacheWriter, the class must be public and not abstract",
    "loader, dev.larder.internal.settings.ClassNamesTest$Hidden, the class must be public",
    "loader, dev.larder.internal.settings.ClassNamesTest$WithParameter, it has no public constructor without parameters",
    "key-type, no.such.Type, the manager's class loader finds no such class",
    "key-type, '[[[', the manager's class loader finds no such class",
  })
  void wrongClass(String setting, String type, String message) {
    assertThatThrownBy(
            () -> provider.getCacheManager(URI_OF_MANAGER, null, property(setting, type)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("the property larder.caches.a." + setting + ": cache 'a': ")
        .hasMessageContaining(setting + "=" + type + " is not allowed")
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("61, 113: a class whose constructor fails is named, and the manager is not there")
  void constructorThatFails() {
    assertThatThrownBy(() -> open("loader", Failing.class))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("not today");
    assertThat(provider.getCacheManager(URI_OF_MANAGER, null).getCacheNames()).isEmpty();
  }

  @Test
  void constructorMayOpenAnotherManager() {
    OpensAnother.provider = provider;
    assertThat(open("loader", OpensAnother.class).getCacheNames()).containsExactly("a");
    assertThat(OpensAnother.OPENED.get().getURI()).hasToString("memory:another");
  }

  @Test
  void constructorThatAsksForItsOwnManagerIsRefused() {
    AsksForItsOwn.provider = provider;
    assertThatThrownBy(() -> open("loader", AsksForItsOwn.class))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("waiting for CacheManager memory:classes would never end");
  }

  @Test
  void managerThatOpensSlowlyKeepsOnlyThoseWhoWantIt() throws Exception {
    Slow.entered = new CountDownLatch(1);
    Slow.released = new CountDownLatch(1);
    FutureTask<CacheManager> first = new FutureTask<>(() -> open("loader", Slow.class));
    FutureTask<CacheManager> second =
        new FutureTask<>(() -> provider.getCacheManager(URI_OF_MANAGER, null));
    new Thread(first).start();
    Slow.entered.await();
    new Thread(second).start();

    assertThat(provider.getCacheManager(URI.create("memory:other"), null).isClosed()).isFalse();
    assertThat(second.isDone()).isFalse();
    Slow.released.countDown();
    assertThat(second.get()).isSameAs(first.get());
  }

  /** A loader that finds nothing. */
  public abstract static class Nothing implements CacheLoader<Object, Object> {
    @Override
    @SuppressWarnings("NullAway") // nothing is found
    public Object load(Object key) {
      return null;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }
  }

  static final class Hidden extends Nothing {}

  /** Cannot be created by its name alone. */
  public static final class WithParameter extends Nothing {
    final List<String> parameter;

    public WithParameter(List<String> parameter) {
      this.parameter = parameter;
    }
  }

  /** Cannot be created. */
  public static final class Failing extends Nothing {
    public Failing() {
      throw new IllegalStateException("not today");
    }
  }

  /** Opens a manager while its own is being opened. */
  public static final class OpensAnother extends Nothing {
    static final AtomicReference<CacheManager> OPENED = new AtomicReference<>();
    static LarderCachingProvider provider = new LarderCachingProvider();

    public OpensAnother() {
      OPENED.set(provider.getCacheManager(URI.create("memory:another"), null));
    }
  }

  /** Asks for the manager that is being opened. */
  public static final class AsksForItsOwn extends Nothing {
    static LarderCachingProvider provider = new LarderCachingProvider();

    public AsksForItsOwn() {
      provider.getCacheManager(URI_OF_MANAGER, null);
    }
  }

  /** Takes its time. */
  public static final class Slow extends Nothing {
    static CountDownLatch entered = new CountDownLatch(1);
    static CountDownLatch released = new CountDownLatch(1);

    public Slow() throws InterruptedException {
      entered.countDown();
      released.await();
    }
  }
}
