package dev.larder.cdi;

import static java.lang.annotation.RetentionPolicy.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Key generators and cache resolvers of applications, and what they are told. */
@ParameterizedClass
@EnumSource(Backend.class)
class GeneratorAndResolverTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Bean bean = deployment.bean(Bean.class);

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    Tenants.methods.clear();
    deployment =
        Deployment.of(
            backend,
            Bean.class,
            WithDefaults.class,
            PrefixedKeys.class,
            Tenants.class,
            Prefix.class);
    deployment.manager().createCache("tenant", new MutableConfiguration<>());
    deployment.manager().createCache("tenant-failures", new MutableConfiguration<>());
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @BeforeEach
  void clear() {
    deployment.clear();
    FirstWord.contexts.clear();
  }

  @Test
  void generatorThatIsNoBeanMakesTheKeys() {
    assertThat(bean.byFirstWord("a b")).isEqualTo(bean.byFirstWord("a c"));
    assertThat(keys("words")).containsExactly(new Word("a"));
  }

  @Test
  void generatorThatIsABeanIsInjected() {
    bean.byBean("a");

    assertThat(keys("words")).containsExactly(new Word("prefix-a"));
  }

  @Test
  void defaultGeneratorAndResolverOfAClassAreUsed() {
    deployment.bean(WithDefaults.class).get("a");

    assertThat(keys("tenant")).containsExactly(new Word("prefix-a"));
  }

  @Test
  void generatorIsToldOfTheCall() throws Exception {
    bean.put("clerk", 1, "value");

    var context = FirstWord.contexts.get(0);
    assertThat(context.getMethod().getName()).isEqualTo("put");
    assertThat(context.getCacheName()).isEqualTo("words");
    assertThat(context.getCacheAnnotation()).isInstanceOf(CachePut.class);
    assertThat(context.getAnnotations()).hasSize(2).hasAtLeastOneElementOfType(Marked.class);
    assertThat(context.getTarget()).isInstanceOf(Bean.class);
    assertThat(values(context.getAllParameters())).containsExactly("clerk", 1, "value");
    assertThat(values(context.getKeyParameters())).containsExactly("clerk");
    assertThat(context.getValueParameter().getValue()).isEqualTo("value");
    assertThat(context.getValueParameter().getParameterPosition()).isEqualTo(2);
    assertThat(context.getValueParameter().getRawType()).isEqualTo(String.class);
    assertThat(context.getValueParameter().getAnnotations())
        .singleElement()
        .isInstanceOf(CacheValue.class);
    assertThat(context.unwrap(InvocationContext.class).getParameters()).hasSize(3);
    assertThatIllegalArgumentException().isThrownBy(() -> context.unwrap(String.class));
  }

  @Test
  void thereIsNoValueParameterWithoutPut() {
    bean.byFirstWord("a");

    assertThat(FirstWord.contexts.get(0).getValueParameter()).isNull();
  }

  @Test
  void nullInsteadOfAKeyIsReported() {
    assertThatThrownBy(() -> bean.withoutKey("a"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("@CacheResult on " + Bean.class.getName() + ".withoutKey(")
        .hasMessageContaining(NoKeys.class.getName());
  }

  @Test
  void resolverFindsTheCacheOfEachCall() {
    bean.byTenant("a");
    bean.byTenant("a");

    assertThat(keys("tenant")).hasSize(1);
    assertThat(Tenants.asked("byTenant")).as("once for each method").isEqualTo(1);
  }

  @Test
  void resolverFindsTheCacheOfExceptions() {
    assertThatThrownBy(() -> bean.failingTenant("a")).hasMessage("failure");

    assertThat(keys("tenant-failures")).hasSize(1);
    assertThat(keys("tenant")).isEmpty();
  }

  @Test
  void resolverFindsTheCacheToEmpty() {
    bean.byTenant("a");
    bean.forgetTenant();

    assertThat(keys("tenant")).isEmpty();
  }

  @Test
  void nullInsteadOfACacheIsReported() {
    assertThatThrownBy(() -> bean.withoutCache("a"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("@CacheResult on " + Bean.class.getName() + ".withoutCache(");
  }

  private static List<Object> keys(String cache) {
    return StreamSupport.stream(deployment.manager().getCache(cache).spliterator(), false)
        .<Object>map(Cache.Entry::getKey)
        .toList();
  }

  private static List<Object> values(CacheInvocationParameter... parameters) {
    return Arrays.stream(parameters).map(CacheInvocationParameter::getValue).toList();
  }

  /** An annotation that means nothing. */
  @Retention(RUNTIME)
  @interface Marked {}

  /** A bean that chooses all itself. */
  static class Bean {
    @CacheResult(cacheName = "words", cacheKeyGenerator = FirstWord.class)
    public String byFirstWord(String text) {
      return text;
    }

    @CacheResult(cacheName = "words", cacheKeyGenerator = PrefixedKeys.class)
    public String byBean(String text) {
      return text;
    }

    @Marked
    @CachePut(cacheName = "words", cacheKeyGenerator = FirstWord.class)
    public void put(@CacheKey String clerk, int number, @CacheValue String value) {}

    @CacheResult(cacheKeyGenerator = NoKeys.class)
    public String withoutKey(String text) {
      return text;
    }

    @CacheResult(cacheResolverFactory = Tenants.class)
    public String byTenant(String text) {
      return text;
    }

    @CacheResult(cacheResolverFactory = Tenants.class, exceptionCacheName = "failures")
    public String failingTenant(String text) throws IOException {
      throw new IOException("failure");
    }

    @CacheRemoveAll(cacheResolverFactory = Tenants.class)
    public void forgetTenant() {}

    @CacheResult(cacheResolverFactory = NoCaches.class)
    public String withoutCache(String text) {
      return text;
    }
  }

  /** A bean whose class chooses. */
  @CacheDefaults(cacheKeyGenerator = PrefixedKeys.class, cacheResolverFactory = Tenants.class)
  static class WithDefaults {
    @CacheResult
    public String get(String text) {
      return text;
    }
  }

  /** A key of an application. */
  record Word(String word) implements GeneratedCacheKey {}

  /** A generator that the container does not know. */
  static final class FirstWord implements CacheKeyGenerator {
    private static final List<CacheKeyInvocationContext<?>> contexts = new ArrayList<>();

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      contexts.add(context);
      var text = (String) context.getKeyParameters()[0].getValue();
      return new Word(text.replaceFirst(" .*", ""));
    }
  }

  /** A generator that gives none. */
  static final class NoKeys implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return null;
    }
  }

  /** What a generator depends on. */
  @ApplicationScoped
  static class Prefix {
    public String text() {
      return "prefix-";
    }
  }

  /** A generator that is a bean. */
  @ApplicationScoped
  static class PrefixedKeys implements CacheKeyGenerator {
    @Inject private Prefix prefix;

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return new Word(prefix.text() + context.getKeyParameters()[0].getValue());
    }
  }

  /** A factory of resolvers that is a bean. */
  @ApplicationScoped
  static class Tenants implements CacheResolverFactory {
    private static final List<String> methods = new ArrayList<>();

    @Inject private CacheManager manager;

    static long asked(String method) {
      return methods.stream().filter(method::equals).count();
    }

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      methods.add(details.getMethod().getName());
      return new Named(manager, "tenant");
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      return new Named(manager, "tenant-failures");
    }
  }

  /** Resolves to one cache. */
  record Named(CacheManager manager, String name) implements CacheResolver {
    @Override
    public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
      return manager.getCache(name);
    }
  }

  /** A factory whose resolvers find nothing. */
  static final class NoCaches implements CacheResolverFactory {
    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      return new Named(deployment.manager(), "there is none");
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      return getCacheResolver(details);
    }
  }
}
