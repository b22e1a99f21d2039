package dev.larder.cdi;

import static java.lang.annotation.RetentionPolicy.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where annotations may stand, and which cache they mean. */
@ParameterizedClass
@EnumSource(Backend.class)
class InheritanceTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    deployment =
        Deployment.of(
            backend,
            Plain.class,
            BookDao.class,
            FilmDao.class,
            Books.class,
            Films.class,
            SpecialBooks.class,
            AllMethods.class,
            ByStereotype.class,
            ByBinding.class,
            Scoped.class,
            Factory.class,
            OfInterface.class);
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @BeforeEach
  void clear() {
    deployment.clear();
  }

  @Test
  void nameIsGeneratedFromClassMethodAndParameters() {
    deployment.bean(Plain.class).get("a", 1, new int[0]);

    assertThat(deployment.manager().getCacheNames())
        .contains(Plain.class.getName() + ".get(java.lang.String,int,[I)");
  }

  @Test
  void inheritedMethodsOfTwoBeansDoNotShareACache() {
    var book = deployment.bean(BookDao.class).get(1);
    var film = deployment.bean(FilmDao.class).get(1);

    assertThat(book).isNotEqualTo(film);
    assertThat(deployment.manager().getCacheNames())
        .contains(BookDao.class.getName() + ".get(int)", FilmDao.class.getName() + ".get(int)");
  }

  @Test
  void defaultsHoldForInheritedMethods() {
    deployment.bean(Books.class).find(1);

    assertThat(has("books")).isTrue();
    assertThat(has("media")).isFalse();
  }

  @Test
  void defaultsOfASuperclassHoldForMethodsOfTheBean() {
    deployment.bean(Films.class).own(1);

    assertThat(has("media")).isTrue();
  }

  @Test
  void defaultsAreInheritedAttributeByAttribute() {
    deployment.bean(SpecialBooks.class).find(1);

    assertThat(has("books")).isTrue();
    assertThat(deployment.manager().getCache("books").iterator().next().getKey())
        .isEqualTo(new Fixed());
  }

  @Test
  void annotationOnAClassHoldsForItsMethods() {
    var bean = deployment.bean(AllMethods.class);

    assertThat(bean.one(1)).isEqualTo(bean.one(1));
    assertThat(bean.two(1)).isEqualTo(bean.one(1));
    bean.nothing();
  }

  @Test
  void annotationOnAMethodTakesThePlaceOfTheClass() {
    var bean = deployment.bean(AllMethods.class);
    var one = bean.one(1);

    assertThat(bean.remove(1)).isNotEqualTo(bean.remove(1));
    assertThat(bean.one(1)).isNotEqualTo(one);
  }

  @Test
  void stereotypeGivesItsAnnotationsToTheClass() {
    var bean = deployment.bean(ByStereotype.class);

    assertThat(bean.get(1)).isEqualTo(bean.get(1));
    assertThat(has("stereotyped")).isTrue();
  }

  @Test
  void interceptorBindingStandsForWhatItIsAnnotatedWith() {
    var bean = deployment.bean(ByBinding.class);

    assertThat(bean.get(1)).isEqualTo(bean.get(1));
    assertThat(bean.other(1)).isNotEqualTo(bean.other(1));
    assertThat(has("bound")).isTrue();
  }

  @Test
  void beanOfANormalScopeIsCached() {
    var bean = deployment.bean(Scoped.class);

    assertThat(bean.get(1)).isEqualTo(bean.get(1));
  }

  @Test
  void callThroughAGenericInterfaceIsCachedOnce() {
    Source<String> bean = deployment.bean(OfInterface.class);

    assertThat(bean.get("a")).isEqualTo(bean.get("a"));
    assertThat(deployment.manager().getCacheNames())
        .contains(OfInterface.class.getName() + ".get(java.lang.String)")
        .doesNotContain(OfInterface.class.getName() + ".get(java.lang.Object)");
  }

  @Test
  void productOfAnInterceptionFactoryIsCached() {
    var product = deployment.bean(Product.class);

    assertThat(product.get(1)).isEqualTo(product.get(1));
  }

  @Test
  void row116CallOfAMethodByItsOwnBeanIsNotCached() {
    var bean = deployment.bean(Scoped.class);

    assertThat(bean.getBySelf(1)).isNotEqualTo(bean.getBySelf(1));
  }

  private static boolean has(String name) {
    var cache = deployment.manager().getCache(name);
    return cache != null && cache.iterator().hasNext();
  }

  static class Plain {
    @CacheResult
    public String get(String text, int number, int[] numbers) {
      return text;
    }
  }

  abstract static class Dao {
    @CacheResult
    public String get(int id) {
      return getClass().getName();
    }
  }

  static class BookDao extends Dao {}

  static class FilmDao extends Dao {}

  @CacheDefaults(cacheName = "media")
  abstract static class Media {
    @CacheResult
    public String find(int id) {
      return "found";
    }
  }

  @CacheDefaults(cacheName = "books")
  abstract static class AnyBooks extends Media {}

  static class Books extends AnyBooks {}

  @CacheDefaults(cacheKeyGenerator = FixedKeys.class)
  static class SpecialBooks extends AnyBooks {}

  static class Films extends Media {
    @CacheResult
    public String own(int id) {
      return "own";
    }
  }

  @CacheResult(cacheName = "all")
  static class AllMethods {
    private int calls;

    public String one(int id) {
      return "one " + ++calls;
    }

    public String two(int id) {
      return "two " + ++calls;
    }

    public void nothing() {
      calls++;
    }

    @CacheRemove(cacheName = "all")
    public String remove(int id) {
      return "removed " + ++calls;
    }
  }

  @Stereotype
  @CacheResult
  @CacheDefaults(cacheName = "stereotyped")
  @Retention(RUNTIME)
  @interface CachedService {}

  @CachedService
  static class ByStereotype {
    private int calls;

    public String get(int id) {
      return "call " + ++calls;
    }
  }

  @InterceptorBinding
  @CacheResult(cacheName = "bound")
  @Retention(RUNTIME)
  @interface CachedMethodBinding {}

  static class ByBinding {
    private int calls;

    @CachedMethodBinding
    public String get(int id) {
      return "call " + ++calls;
    }

    public String other(int id) {
      return "call " + ++calls;
    }
  }

  @ApplicationScoped
  static class Scoped {
    private int calls;

    @CacheResult
    public String get(int id) {
      return "call " + ++calls;
    }

    public String getBySelf(int id) {
      return get(id);
    }
  }

  /** A class that becomes a bean by a producer. */
  @Vetoed
  static class Product {
    private int calls;

    @CacheResult
    public String get(int id) {
      return "call " + ++calls;
    }
  }

  /** Has the container intercept what it makes itself. */
  static class Factory {
    @Produces
    Product make(InterceptionFactory<Product> interception) {
      return interception.createInterceptedInstance(new Product());
    }
  }

  /** What a bean implements with another type of parameter. */
  interface Source<T> {
    T get(T key);
  }

  static class OfInterface implements Source<String> {
    private int calls;

    @Override
    @CacheResult
    public String get(String key) {
      return "call " + ++calls;
    }
  }

  /** Gives all calls the same key. */
  static final class FixedKeys implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return new Fixed();
    }
  }

  /** The key of all calls. */
  record Fixed() implements GeneratedCacheKey {}
}
