package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.management.CacheMXBean;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The MXBeans of caches: under which names they are found, when they come and when they go. */
public abstract class ManagementContract extends CacheContract {
  private static final String CONFIGURATIONS = "javax.cache:type=CacheConfiguration,*";
  private static final String STATISTICS = "javax.cache:type=CacheStatistics,*";

  /** Tests this backend. */
  protected ManagementContract(Subject subject) {
    super(subject);
  }

  private Cache<String, Integer> managed(String name) {
    return managed(manager, name);
  }

  private Cache<String, Integer> managed(CacheManager of, String name) {
    return of.createCache(name, settings().statisticsEnabled(true).managementEnabled(true).build());
  }

  private String plainUri() {
    String text = manager.getURI().toString().replaceAll("[,:=\n]", ".");
    return text.indexOf('?') < 0 ? text : ObjectName.quote(text);
  }

  // ---- names ----------------------------------------------------------------------------------

  @Test
  void beansHaveTheNamesThatToolsLookUp() throws Exception {
    assumeTrue(subject.uri().getQuery() == null, "a query needs quotes in a bean's name");
    managed("users");
    String rest = ",CacheManager=" + plainUri() + ",Cache=users";
    assertThat(beans().isRegistered(new ObjectName("javax.cache:type=CacheConfiguration" + rest)))
        .isTrue();
    assertThat(beans().isRegistered(new ObjectName("javax.cache:type=CacheStatistics" + rest)))
        .isTrue();
  }

  @TestFactory
  Stream<DynamicTest> row85AnyNameHasItsBeans() {
    return Stream.of(
            "",
            " ",
            "a b",
            "\"",
            "\"a\"",
            "*",
            "?",
            "a,b",
            "a=b",
            "a:b",
            "a/b",
            "../b",
            "a\nb",
            "a\\nb",
            "a\\",
            "caf\u00e9",
            "\ud83d\ude00",
            "a,type=evil",
            "a".repeat(10_000),
            "manager.UsingDefault.getEntryCached(java.lang.String)")
        .map(
            name ->
                dynamicTest(
                    name.length() > 100 ? "a long name" : "'" + name.replace('\n', ' ') + "'",
                    () -> {
                      Cache<String, Integer> cache = managed(name);
                      cache.put("key", 1);
                      assertThat(beanNames(CONFIGURATIONS)).hasSize(1);
                      assertThat(beanNames(STATISTICS)).hasSize(1);
                      assertThat(beanNames("javax.cache:*")).hasSize(2);
                      assertThat(cache.getName()).isEqualTo(name);
                      assertThat(manager.getCache(name, String.class, Integer.class))
                          .isSameAs(cache);
                      manager.destroyCache(name);
                      assertThat(beanNames("javax.cache:*")).isEmpty();
                    }));
  }

  @Test
  void row86DifferentNamesNeverShareABean() {
    String[] names = {"a:b", "a.b", "a,b", "a=b", "a\nb", "a\\nb", "\"a.b\"", "a*b", "a?b", "A.b"};
    for (String name : names) {
      managed(name);
    }
    assertThat(beanNames(CONFIGURATIONS)).hasSize(names.length);
    assertThat(beanNames(STATISTICS)).hasSize(names.length);
    manager.getCache("a:b", String.class, Integer.class).close();
    assertThat(beanNames(STATISTICS)).hasSize(names.length - 1);
  }

  @Test
  void row86ManagersOfOneUriDoNotShareBeans() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
        CacheManager other = provider.getCacheManager(subject.uri(), loader)) {
      String name = newName();
      Cache<String, Integer> mine = managed(manager, name);
      Cache<String, Integer> others = managed(other, name);
      Set<ObjectName> both = beanNames(STATISTICS);
      assertThat(both).hasSize(2);
      mine.get("key");
      others.get("key");
      others.get("key");
      Set<Object> misses = new LinkedHashSet<>();
      for (ObjectName bean : both) {
        misses.add(beans().getAttribute(bean, "CacheMisses"));
      }
      assertThat(misses).containsExactlyInAnyOrder(1L, 2L);
      mine.close();
      assertThat(beanNames(STATISTICS)).hasSize(1);
      assertThat(beans().getAttribute(beanNames(STATISTICS).iterator().next(), "CacheMisses"))
          .isEqualTo(2L);
    }
    assertThat(beanNames(STATISTICS)).isEmpty();
  }

  // ---- coming and going -----------------------------------------------------------------------

  @Test
  void beansComeAndGoWhileTheCacheIsInUse() {
    String name = create(settings()).getName();
    assertThat(beanNames("javax.cache:*")).isEmpty();
    manager.enableManagement(name, true);
    manager.enableManagement(name, true);
    manager.enableStatistics(name, true);
    assertThat(beanNames(CONFIGURATIONS)).hasSize(1);
    assertThat(beanNames(STATISTICS)).hasSize(1);
    manager.enableManagement(name, false);
    manager.enableManagement(name, false);
    assertThat(beanNames(CONFIGURATIONS)).isEmpty();
    manager.enableStatistics(name, false);
    assertThat(beanNames(STATISTICS)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> row86BeansGoWithTheirCache() {
    return Stream.of("Cache.close", "destroyCache", "CacheManager.close", "CachingProvider.close")
        .map(
            way ->
                dynamicTest(
                    way,
                    () -> {
                      ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
                      CacheManager own = provider.getCacheManager(subject.uri(), loader);
                      Cache<String, Integer> cache = managed(own, newName());
                      assertThat(beanNames("javax.cache:*")).hasSize(2);
                      switch (way) {
                        case "Cache.close" -> cache.close();
                        case "destroyCache" -> own.destroyCache(cache.getName());
                        case "CacheManager.close" -> own.close();
                        default -> provider.close(loader);
                      }
                      assertThat(beanNames("javax.cache:*")).isEmpty();
                      own.close();
                    }));
  }

  @Test
  void beanThatSomebodyRemovedIsNotMissed() throws Exception {
    Cache<String, Integer> cache = managed(newName());
    for (ObjectName bean : beanNames("javax.cache:*")) {
      beans().unregisterMBean(bean);
    }
    assertThatCode(cache::close).doesNotThrowAnyException();
  }

  @Test
  void beansComeAndGoUnderThreads() throws Exception {
    Cache<String, Integer> cache = create(settings());
    Threads.race(
        8,
        i -> {
          for (int round = 0; round < 50; round++) {
            manager.enableStatistics(cache.getName(), (i + round) % 2 == 0);
            manager.enableManagement(cache.getName(), (i + round) % 2 == 0);
          }
          return "";
        });
    manager.enableStatistics(cache.getName(), true);
    manager.enableManagement(cache.getName(), true);
    assertThat(beanNames("javax.cache:*")).hasSize(2);
    cache.close();
    assertThat(beanNames("javax.cache:*")).isEmpty();
  }

  // ---- what they show -------------------------------------------------------------------------

  @Test
  void configurationIsShownAsItIsNow() {
    Cache<String, Integer> cache =
        create(
            settings()
                .managementEnabled(true)
                .readThrough(always(new Loaders.Counting()))
                .writeThrough(always(new Writers.Recording())));
    CacheMXBean bean =
        JMX.newMXBeanProxy(beans(), beanNames(CONFIGURATIONS).iterator().next(), CacheMXBean.class);
    assertThat(bean.getKeyType()).isEqualTo("java.lang.String");
    assertThat(bean.getValueType()).isEqualTo("java.lang.Integer");
    assertThat(bean.isReadThrough()).isTrue();
    assertThat(bean.isWriteThrough()).isTrue();
    assertThat(bean.isStoreByValue()).isTrue();
    assertThat(bean.isManagementEnabled()).isTrue();
    assertThat(bean.isStatisticsEnabled()).isFalse();
    manager.enableStatistics(cache.getName(), true);
    assertThat(bean.isStatisticsEnabled()).isTrue();
  }
}
