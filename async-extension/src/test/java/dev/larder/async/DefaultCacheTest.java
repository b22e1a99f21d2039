package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Larder;
import dev.larder.LarderConfiguration;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultCacheTest {
  private static final LarderConfiguration<String, Integer> LENGTHS =
      LarderConfiguration.builder(String.class, Integer.class).build();

  @AfterEach
  void close() {
    Caching.getCachingProvider("dev.larder.LarderCachingProvider").close();
  }

  @Test
  void decoratorsThatNameNoCacheUseTheDefault() {
    Function<String, Integer> length = Cached.<String, Integer>ofDefault().decorate(String::length);
    Cache<String, Integer> cache = Larder.configureDefault(LENGTHS);

    assertThat(length.apply("four")).isEqualTo(4);
    assertThat(
            MultiCached.<String, Integer>ofDefault()
                .decorate(words -> Map.of("a", 1))
                .apply(List.of("a", "four")))
        .isEqualTo(Map.of("a", 1, "four", 4));

    assertThat(cache).hasSize(2);
    assertThat(Larder.<String, Integer>defaultCache()).isSameAs(cache);
    assertThat(cache.getName()).isEqualTo("default");
  }

  @Test
  void closedDefaultBreaksNoCall() {
    Larder.configureDefault(LENGTHS).close();
    assertThat(Cached.<String, Integer>ofDefault().get("a", () -> 1)).isEqualTo(1);
    assertThatThrownBy(() -> Larder.cache("never"))
        .hasMessageContaining("no cache 'never' is configured");
  }

  @Test
  void secondConfigurationIsRefusedAndNamesTheFirst() {
    Cache<String, Integer> first = Larder.configureDefault(LENGTHS);

    assertThatThrownBy(
            () ->
                Larder.configureDefault(
                    URI.create("memory:other"),
                    LarderConfiguration.builder(String.class, String.class).build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "'default'", "java.lang.Integer at larder:", "java.lang.String at memory:");
    assertThat(Larder.<String, Integer>defaultCache()).isSameAs(first);
  }

  @Test
  void closedCacheCanBeConfiguredAnew() {
    Larder.configureDefault(LENGTHS).close();

    Cache<String, Integer> second = Larder.configureDefault(LENGTHS);

    assertThat(Larder.<String, Integer>defaultCache()).isSameAs(second);
  }

  @Test
  void aliasesHaveTheirOwnCaches() {
    Cache<String, Integer> lengths =
        Larder.configure("lengths", URI.create("memory:aliases"), LENGTHS);

    assertThat(Larder.<String, Integer>cache("lengths")).isSameAs(lengths);
    assertThat(Larder.aliases()).contains("lengths");
    assertThatThrownBy(() -> Larder.cache("length"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'length'", "lengths", "Larder.configure");
  }

  @Test
  void cachesOfTheConfigurationFileAreAliases() {
    Cache<String, Integer> declared = Larder.cache("from-file");

    assertThat(Larder.<String, Integer>cache("from-file")).isSameAs(declared);
    assertThat(
            Caching.getCachingProvider("dev.larder.LarderCachingProvider")
                .getCacheManager()
                .<String, Integer>getCache("from-file"))
        .isSameAs(declared);
    assertThat(Cached.of(AsyncCache.of(declared)).get("four", () -> 4)).isEqualTo(4);
    assertThat(declared.get("four")).isEqualTo(4);
  }

  @Test
  void passwordsStayOutOfMessages() {
    assertThatThrownBy(
            () -> {
              Larder.configure("secret", URI.create("memory:aliases"), LENGTHS);
              Larder.configure("secret", URI.create("redis://ann:pwd@host"), LENGTHS);
            })
        .hasMessageContaining("redis://host")
        .hasMessageNotContaining("pwd");
  }
}
