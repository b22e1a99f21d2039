package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What containers say when they start, and what remains when they end. */
class DeploymentTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            ReturnsNothing.class, "@CacheResult on %s.get(int): the method returns nothing"),
        Arguments.of(
            ReturnsFuture.class, "@CacheResult on %s.get(int): a java.util.concurrent.Future"),
        Arguments.of(ReturnsStream.class, "@CacheResult on %s.get(int): a java.util.stream.Stream"),
        Arguments.of(
            ReturnsPublisher.class,
            "@CacheResult on %s.get(int): a java.util.concurrent.Flow$Publisher"),
        Arguments.of(
            PutsNothing.class,
            "@CachePut on %s.put(int): one parameter must have @CacheValue, not 0"),
        Arguments.of(
            PutsTwo.class,
            "@CachePut on %s.put(int,int): one parameter must have @CacheValue, not 2"),
        Arguments.of(
            IsPrivate.class, "@CacheRemove on %s.remove(int): a private method is not intercepted"),
        Arguments.of(
            IsStatic.class, "@CacheRemove on %s.remove(int): a static method is not intercepted"),
        Arguments.of(
            GeneratorIsNoBean.class,
            "@CacheResult on %s.get(int): " + NeedsName.class.getName() + " is no bean"),
        Arguments.of(
            DefaultGeneratorIsAbstract.class,
            "@CacheResult on %s.get(int): " + AbstractKeys.class.getName() + " is no bean"),
        Arguments.of(
            UnknownCache.class,
            "@Cached on %s.get(int): there is no cache 'nowhere' and none named 'default'"),
        Arguments.of(
            UnknownParameter.class,
            "@Cached on %s.get(int): key \"a:{b}\": there is no parameter 'b'; the parameters are"
                + " (id)"),
        Arguments.of(
            UnknownDuration.class, "@Cached on %s.get(int): timeToLive \"soon\" is no duration"),
        Arguments.of(NoDuration.class, "@Cached on %s.get(int): lease \"PT0S\" is not positive"),
        Arguments.of(
            UnknownKeys.class,
            "@MultiCached on %s.get(java.util.List): keys \"id\": there is no parameter 'id'"),
        Arguments.of(
            KeysAreNoCollection.class, "@MultiCached on %s.get(int): keys \"id\": a int is no"),
        Arguments.of(
            ReturnsNoMap.class,
            "@MultiCached on %s.get(java.util.List): the method returns no Map, nor a stage of"
                + " one"),
        Arguments.of(NamesNoCache.class, "@CacheName must name a cache"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void row116MistakeFailsTheDeploymentAndIsNamed(Class<?> bean, String message) {
    assertThat(Deployment.failure(bean)).hasStackTraceContaining(message.formatted(bean.getName()));
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    assertThat(Deployment.failure(ReturnsNothing.class, PutsNothing.class))
        .hasStackTraceContaining(ReturnsNothing.class.getName())
        .hasStackTraceContaining(PutsNothing.class.getName());
  }

  @Test
  void eachAnnotationHasOneInterceptor() throws Exception {
    try (var container = Deployment.start(Correct.class)) {
      for (var type : Attributes.STANDARD) {
        var annotation =
            Arrays.stream(Correct.class.getMethods())
                .flatMap(method -> Stream.of(method.getAnnotationsByType(type)))
                .findAny()
                .orElseThrow();
        assertThat(
                container
                    .getBeanManager()
                    .resolveInterceptors(InterceptionType.AROUND_INVOKE, annotation))
            .hasSize(1);
      }
    }
  }

  @Test
  void beanOfAPassivatingScopeMayBeCached() {
    try (var container = Deployment.start(OfSession.class)) {
      assertThat(container.isRunning()).isTrue();
    }
  }

  @Test
  void defaultManagerIsClosedWithTheContainer() {
    CacheManager manager;
    Cache<Object, Object> cache;
    try (var container = Deployment.start(Correct.class)) {
      container.select(Correct.class).get().get(1);
      manager = Caching.getCachingProvider().getCacheManager();
      cache = manager.getCache("numbers");
      assertThat(cache.isClosed()).isFalse();
      assertThat(container.select(CacheManager.class).get().getURI()).isEqualTo(manager.getURI());
    }

    assertThat(manager.isClosed()).isTrue();
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void managerOfTheApplicationIsLeftOpen() {
    var deployment = Deployment.of(Backend.MEMORY, Correct.class);
    deployment.bean(Correct.class).get(1);
    deployment.container().close();

    assertThat(deployment.manager().isClosed()).isFalse();
    deployment.manager().close();
  }

  static class Correct {
    @CacheResult(cacheName = "numbers")
    public int get(int id) {
      return id;
    }

    @CachePut
    public void put(@CacheValue int id) {}

    @CacheRemove
    public void remove(int id) {}

    @CacheRemoveAll
    public void removeAll() {}
  }

  @SessionScoped
  static class OfSession implements Serializable {
    private static final long serialVersionUID = 1;

    @CacheResult
    public int get(int id) {
      return id;
    }
  }

  static class ReturnsNothing {
    @CacheResult
    public void get(int id) {}
  }

  static class ReturnsFuture {
    @CacheResult
    public Future<String> get(int id) {
      return null;
    }
  }

  static class ReturnsStream {
    @CacheResult
    public Stream<String> get(int id) {
      return null;
    }
  }

  static class ReturnsPublisher {
    @CacheResult
    public Flow.Publisher<String> get(int id) {
      return null;
    }
  }

  static class PutsNothing {
    @CachePut
    public void put(int id) {}
  }

  static class PutsTwo {
    @CachePut
    public void put(@CacheValue int one, @CacheValue int two) {}
  }

  static class IsPrivate {
    @CacheRemove
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // by mistake
    private void remove(int id) {}
  }

  static class IsStatic {
    @CacheRemove
    public static void remove(int id) {}
  }

  static class GeneratorIsNoBean {
    @CacheResult(cacheKeyGenerator = NeedsName.class)
    public String get(int id) {
      return "";
    }
  }

  @CacheDefaults(cacheKeyGenerator = AbstractKeys.class)
  static class DefaultGeneratorIsAbstract {
    @CacheResult
    public String get(int id) {
      return "";
    }
  }

  static class UnknownCache {
    @Cached(cacheName = "nowhere")
    public String get(int id) {
      return "";
    }
  }

  static class UnknownParameter {
    @Cached(key = "a:{b}")
    public String get(int id) {
      return "";
    }
  }

  static class UnknownDuration {
    @Cached(timeToLive = "soon")
    public String get(int id) {
      return "";
    }
  }

  static class NoDuration {
    @Cached(lease = "PT0S")
    public String get(int id) {
      return "";
    }
  }

  static class UnknownKeys {
    @MultiCached(keys = "id")
    public Map<Integer, String> get(List<Integer> ids) {
      return Map.of();
    }
  }

  static class KeysAreNoCollection {
    @MultiCached(keys = "id")
    public Map<Integer, String> get(int id) {
      return Map.of();
    }
  }

  static class ReturnsNoMap {
    @MultiCached(keys = "ids")
    public List<String> get(List<Integer> ids) {
      return List.of();
    }
  }

  static class NamesNoCache {
    @Inject
    @CacheName("")
    Cache<String, String> cache;
  }

  static class NeedsName implements CacheKeyGenerator {
    NeedsName(String name) {}

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return null;
    }
  }

  abstract static class AbstractKeys implements CacheKeyGenerator {}
}
