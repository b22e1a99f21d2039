package dev.larder.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's cache abstraction, as Spring Boot sets it up from properties. */
class SpringBootTest extends FrameworkTest {
  record Book(String isbn, int edition) implements Serializable {}

  static class Shelf {
    final AtomicInteger calls = new AtomicInteger();

    @Cacheable("books")
    public Book find(String isbn) {
      return new Book(isbn, calls.incrementAndGet());
    }

    @Cacheable(cacheNames = "books", sync = true)
    public Book findOnce(String isbn) {
      return new Book(isbn, calls.incrementAndGet());
    }

    @Cacheable("books")
    public @Nullable Book findNone(String isbn) {
      calls.incrementAndGet();
      return null;
    }

    @CachePut(cacheNames = "books", key = "#p0.isbn")
    public Book store(Book book) {
      return book;
    }

    @CacheEvict("books")
    public void forget(String isbn) {}

    @CacheEvict(cacheNames = "books", allEntries = true)
    public void forgetAll() {}

    @CacheResult(cacheName = "books")
    public Book standard(String isbn, int edition) {
      calls.incrementAndGet();
      return new Book(isbn, edition);
    }
  }

  @Configuration
  @EnableAutoConfiguration
  @EnableCaching(proxyTargetClass = true)
  static class Application {
    @Bean
    Shelf shelf() {
      return new Shelf();
    }
  }

  private static ConfigurableApplicationContext run() {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .properties("spring.cache.type=jcache", "spring.cache.cache-names=books")
        .run();
  }

  @Test
  void resultsAreCached() {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      assertThat(shelf.find("a")).isEqualTo(new Book("a", 1)).isEqualTo(shelf.find("a"));
      assertThat(shelf.find("b")).isEqualTo(new Book("b", 2));
    }
  }

  @Test
  void nullsAreCached() {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      assertThat(shelf.findNone("a")).isNull();
      assertThat(shelf.findNone("a")).isNull();
      assertThat(calls(shelf)).isEqualTo(1);
    }
  }

  @Test
  void callsAtOnceComputeOnce() throws Exception {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      assertThat(race(16, () -> shelf.findOnce("a"))).containsOnly(new Book("a", 1));
    }
  }

  @Test
  void resultsAreReplacedAndForgotten() {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      shelf.store(new Book("a", 7));
      shelf.store(new Book("b", 8));
      assertThat(shelf.find("a")).isEqualTo(new Book("a", 7));
      shelf.forget("a");
      assertThat(shelf.find("a")).isEqualTo(new Book("a", 1));
      shelf.forgetAll();
      assertThat(shelf.find("b")).isEqualTo(new Book("b", 2));
    }
  }

  @Test
  void standardAnnotationsWork() {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      assertThat(shelf.standard("a", 1)).isEqualTo(shelf.standard("a", 1));
      assertThat(shelf.standard("a", 2)).isEqualTo(new Book("a", 2));
      assertThat(calls(shelf)).isEqualTo(2);
    }
  }

  @Test
  void theCacheIsConditionallyWritten() {
    try (var context = run()) {
      var cache = context.getBean(CacheManager.class).getCache("books");
      assertThat(cache.putIfAbsent("a", "first")).isNull();
      assertThat(cache.putIfAbsent("a", "second").get()).isEqualTo("first");
      assertThat(cache.get("b", () -> "computed")).isEqualTo("computed");
      assertThat(cache.evictIfPresent("b")).isTrue();
      assertThat(cache.invalidate()).isTrue();
      assertThat(cache.get("a")).isNull();
    }
  }

  @Test
  void fileThatTheApplicationNamesIsRead() {
    try (var context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(
                "spring.cache.type=jcache",
                "spring.cache.jcache.config=classpath:named.properties",
                "spring.cache.cache-names=books")
            .run()) {
      var manager = context.getBean(javax.cache.CacheManager.class);
      assertThat(manager.getCacheNames()).contains("declared", "books");
      assertThat(manager.getURI().toString()).endsWith("/named.properties");
    }
  }

  /** The configuration file lets a JVM that has just started read the class of the values. */
  @Test
  void applicationStartsAgain() {
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      shelf.find("a");
      shelf.findNone("none");
    }
    try (var context = run()) {
      var shelf = context.getBean(Shelf.class);
      assertThat(shelf.find("a")).isEqualTo(new Book("a", 1));
      assertThat(shelf.findNone("none")).isNull();
      assertThat(calls(shelf)).isEqualTo(backend.isRemote() ? 0 : 2);
    }
  }

  /** Asks the bean behind the proxy, which has no fields of its own. */
  private static int calls(Shelf shelf) {
    return ((Shelf) AopProxyUtils.getSingletonTarget(shelf)).calls.get();
  }
}
