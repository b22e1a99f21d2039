package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches and their manager as injected. */
@ParameterizedClass
@EnumSource(Backend.class)
class InjectionTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    deployment = Deployment.of(backend, Reader.class, WrongTypes.class);
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @Test
  void cacheThatIsThereIsInjected() {
    if (deployment.manager().getCache("books") == null) {
      deployment
          .manager()
          .createCache(
              "books",
              new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class));
    }
    deployment.manager().getCache("books", Integer.class, String.class).put(1, "Emma");

    assertThat(deployment.bean(Reader.class).books.get(1)).isEqualTo("Emma");
  }

  @Test
  void cacheThatIsMissingIsCreatedWithTheTypesOfTheInjectionPoint() {
    var reader = deployment.bean(Reader.class);
    reader.lists.put("a", List.of(1));

    Cache<Object, Object> lists = deployment.manager().getCache("lists");
    assertThat(lists.get("a")).isEqualTo(List.of(1));
    assertThatThrownBy(() -> deployment.manager().getCache("lists", Integer.class, List.class))
        .isInstanceOf(ClassCastException.class);
  }

  @Test
  void cacheIsInjectedAsAProviderToo() {
    assertThat(deployment.bean(Reader.class).later.get().getName()).isEqualTo("later");
  }

  @Test
  void cacheIsSelectedByItsName() {
    var caches = deployment.bean(Reader.class).caches;

    assertThat(caches.select(CacheName.Literal.of("chosen")).get().getName()).isEqualTo("chosen");
  }

  @Test
  void managerOfTheApplicationIsInjected() {
    assertThat(deployment.bean(Reader.class).manager).isSameAs(deployment.manager());
  }

  @Test
  void otherTypesThanTheCacheHasAreRefused() {
    deployment
        .manager()
        .createCache(
            "typed",
            new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class));

    assertThatThrownBy(() -> deployment.bean(WrongTypes.class))
        .hasStackTraceContaining("WrongTypes")
        .hasStackTraceContaining("cache 'typed' is a Cache<java.lang.Integer, java.lang.String>");
  }

  /** A bean with caches. */
  static class Reader {
    @Inject
    @CacheName("books")
    Cache<Integer, String> books;

    @Inject
    @CacheName("lists")
    Cache<String, List<Integer>> lists;

    @Inject
    @CacheName("later")
    Provider<Cache<String, String>> later;

    @Inject @Any Instance<Cache<String, String>> caches;

    @Inject CacheManager manager;
  }

  /** A bean with a cache of types that it does not have. */
  static class WrongTypes {
    @Inject
    @CacheName("typed")
    Cache<String, String> cache;
  }
}
