package dev.larder.internal.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderCachingProvider;
import dev.larder.OwnLoader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementBeansTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final LarderCachingProvider provider = new LarderCachingProvider();

  @BeforeEach
  void noneIsLeftFromElsewhere() throws Exception {
    assertThat(names()).isEmpty();
  }

  @AfterEach
  void noneIsLeftBehind() throws Exception {
    provider.close();
    assertThat(names()).isEmpty();
  }

  private Set<String> names() throws Exception {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(new ObjectName("javax.cache:*"), null)) {
      names.add(name.getKeyPropertyListString());
    }
    return names;
  }

  private static void create(CacheManager manager, String name) {
    manager.createCache(
        name,
        new MutableConfiguration<Object, Object>()
            .setStatisticsEnabled(true)
            .setManagementEnabled(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          larder:default      | users         | larder.default  | users
          memory:a            | de.app.Users  | memory.a        | de.app.Users
          larder:a?b=1,c=2    | users         | "larder.a\\?b.1.c.2" | users
          larder:default      | a,b           | larder.default  | "a,b"
          larder:default      | a.b           | larder.default  | a.b
          larder:default      | a=b           | larder.default  | "a=b"
          larder:default      | a:b           | larder.default  | "a:b"
          larder:default      | a*?           | larder.default  | "a\\*\\?"
          larder:default      | with space    | larder.default  | with space
          larder:default      | Übergröße     | larder.default  | Übergröße
          """)
  void namesAreThoseOfJsr107(String uri, String cache, String managerPart, String cachePart)
      throws Exception {
    create(provider.getCacheManager(URI.create(uri), null), cache);

    assertThat(names())
        .containsExactly(
            "type=CacheConfiguration,CacheManager=" + managerPart + ",Cache=" + cachePart,
            "type=CacheStatistics,CacheManager=" + managerPart + ",Cache=" + cachePart);
  }

  @Test
  void oddNamesDoNotMeet() throws Exception {
    CacheManager manager = provider.getCacheManager();
    create(manager, "");
    create(manager, "\"");
    create(manager, "a\nb");
    create(manager, "a.b");
    create(manager, "a,b");
    create(manager, "\"a,b\"");

    assertThat(names()).hasSize(12);
  }

  @Test
  void secondManagerOfOneUriGetsAnInstanceNumber() throws Exception {
    ClassLoader other = new OwnLoader("no.such.name");
    CacheManager first = provider.getCacheManager();
    create(first, "users");
    create(provider.getCacheManager(null, other), "users");

    assertThat(names())
        .contains(
            "type=CacheStatistics,CacheManager=larder.default,Cache=users",
            "type=CacheStatistics,CacheManager=larder.default,Cache=users,instance=2");
    first.close();
    assertThat(names())
        .containsExactly(
            "type=CacheConfiguration,CacheManager=larder.default,Cache=users,instance=2",
            "type=CacheStatistics,CacheManager=larder.default,Cache=users,instance=2");
  }

  @Test
  void beansComeAndGoWithTheSettings() throws Exception {
    CacheManager manager = provider.getCacheManager();
    manager.createCache("users", new MutableConfiguration<>());
    assertThat(names()).isEmpty();
    manager.enableStatistics("users", true);
    manager.enableStatistics("users", true);
    assertThat(names())
        .containsExactly("type=CacheStatistics,CacheManager=larder.default,Cache=users");
    manager.enableManagement("users", true);
    manager.enableStatistics("users", false);
    assertThat(names())
        .containsExactly("type=CacheConfiguration,CacheManager=larder.default,Cache=users");
    manager.destroyCache("users");
    assertThat(names()).isEmpty();
  }

  @Test
  void beanThatSomebodyElseUnregisteredIsNotMissed() throws Exception {
    CacheManager manager = provider.getCacheManager();
    create(manager, "users");
    for (ObjectName name : server.queryNames(new ObjectName("javax.cache:*"), null)) {
      server.unregisterMBean(name);
    }
    manager.destroyCache("users");
    create(manager, "users");

    assertThat(names()).hasSize(2);
  }
}
