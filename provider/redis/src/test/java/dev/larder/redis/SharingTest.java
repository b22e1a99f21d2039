package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import dev.larder.redis.OtherJvm.Race;
import dev.larder.tck.servers.RedisServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Managers, class loaders and JVMs that share one server. */
class SharingTest {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.command("FLUSHALL");
  }

  @Test
  void row88CreatingACacheThatTheServerHasJoinsIt() {
    try (CacheManager first = Managers.open(server.uri());
        CacheManager second = Managers.open(server.uri())) {
      Cache<String, String> here = Managers.strings(first, "c");
      here.put("k", "v");
      Cache<String, String> there = Managers.strings(second, "c");

      assertThat(there.get("k")).isEqualTo("v");
      there.put("k", "w");
      assertThat(here.get("k")).isEqualTo("w");
    }
  }

  @Test
  void aNameIsTakenInItsManagerOnly() {
    try (CacheManager first = Managers.open(server.uri());
        CacheManager second = Managers.open(server.uri())) {
      Managers.strings(first, "c");

      assertThat(second.<String, String>getCache("c")).isNull();
      assertThatThrownBy(() -> Managers.strings(first, "c"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("exists already");
    }
  }

  @Test
  void closingKeepsTheEntries() {
    try (CacheManager manager = Managers.open(server.uri())) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      cache.put("k", "v");
      cache.close();
      assertThat(Managers.strings(manager, "c").get("k")).isEqualTo("v");
    }
    try (CacheManager manager = Managers.open(server.uri())) {
      assertThat(Managers.strings(manager, "c").get("k")).isEqualTo("v");
    }
  }

  @Test
  void destroyingRemovesTheEntriesForAll() {
    try (CacheManager first = Managers.open(server.uri());
        CacheManager second = Managers.open(server.uri())) {
      Managers.strings(first, "c").put("k", "v");
      Managers.strings(first, "other").put("k", "v");
      Cache<String, String> there = Managers.strings(second, "c");

      first.destroyCache("c");

      assertThat(there.get("k")).isNull();
      assertThat(server.command("KEYS", "*")).isEqualTo(List.of("other:k"));
      there.put("k", "w");
      assertThat(there.get("k")).isEqualTo("w");
    }
  }

  @Test
  void destroyingWhatIsNotOpenHereRemovesNothing() {
    try (CacheManager first = Managers.open(server.uri());
        CacheManager second = Managers.open(server.uri())) {
      Managers.strings(first, "c").put("k", "v");
      second.destroyCache("c");
      assertThat(server.command("EXISTS", "c:k")).isEqualTo(1L);
    }
  }

  @Test
  void classLoadersHaveManagersOfTheirOwn() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
        LarderCachingProvider provider = new LarderCachingProvider()) {
      CacheManager first = provider.getCacheManager(server.uri(), null);
      CacheManager second = provider.getCacheManager(server.uri(), loader);

      assertThat(second).isNotSameAs(first);
      Managers.strings(first, "c").put("k", "v");
      assertThat(Managers.strings(second, "c").get("k")).isEqualTo("v");
      provider.close(loader);
      assertThat(first.<String, String>getCache("c").get("k")).isEqualTo("v");
    }
  }

  @Test
  void anotherJvmReadsWhatThisOneStored() throws Exception {
    try (CacheManager manager = Managers.open(server.uri())) {
      Managers.strings(manager, "c").put("k", "Zoë");
    }
    String redirect = "-Dlarder.uri=" + server.uri();
    List<String> options = List.of(redirect, "-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8");
    assertThat(OtherJvm.start(options, "get", "default", "c").output()).isEqualTo("Zoë");
  }

  @ParameterizedTest
  @EnumSource
  void jvmsThatChangeTheSameKeysLoseNothing(Race race) throws Exception {
    List<OtherJvm> jvms = new ArrayList<>();
    for (int i = 0; i < Race.JVMS; i++) {
      jvms.add(OtherJvm.start(List.of(), "race", server.uri().toString(), "c", race.toString()));
    }
    int succeeded = 0;
    for (OtherJvm jvm : jvms) {
      String output = jvm.output();
      assertThat(output).matches("\\d+");
      succeeded += Integer.parseInt(output);
    }
    if (race == Race.PUT_IF_ABSENT) {
      assertThat(succeeded).isEqualTo(Race.STEPS);
    } else {
      assertThat(succeeded).isEqualTo(Race.JVMS * Race.THREADS * Race.STEPS);
      assertThat(server.command("GET", "c:" + Race.COUNTER)).isEqualTo("" + succeeded);
    }
  }
}
