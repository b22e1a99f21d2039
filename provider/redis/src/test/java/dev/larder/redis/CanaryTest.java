package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisServer;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 112 of the catalogue of faults: a password is nowhere to be seen, in whatever way it came and
 * whatever goes wrong. All that is printed, logged and thrown, every MBean and every thread's name
 * is searched for it.
 */
@Isolated
class CanaryTest {
  private static final String CANARY = "canary-7Password";
  private static final String LIMITS = "?timeout=5s&connectTimeout=5s&reconnectPause=50ms";

  static {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // where it can be seen
  }

  @SuppressWarnings("JdkObsolete") // several threads log
  private final StringBuffer seen = new StringBuffer();

  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("dev.larder");
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Handler handler =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          seen.append(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    root.addHandler(handler);
    ours.setLevel(Level.ALL);
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void nothingWasSeen() {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(handler);
    ours.setLevel(null);
    seen.append(printed.toString(UTF_8));
    assertThat(seen.toString()).isNotEmpty().doesNotContain(CANARY);
  }

  // ---- what is looked at ----------------------------------------------------------------------

  private void look(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    seen.append(text);
  }

  private void look(CacheManager manager) throws JMException {
    seen.append(manager).append(manager.getURI()).append(manager.getProperties());
    seen.append(manager.getCachingProvider());
    for (String name : manager.getCacheNames()) {
      Cache<?, ?> cache = manager.getCache(name);
      @SuppressWarnings("unchecked") // it is only printed
      LarderConfiguration<?, ?> configuration = cache.getConfiguration(LarderConfiguration.class);
      seen.append(cache).append(configuration);
    }
    Thread.getAllStackTraces().keySet().forEach(thread -> seen.append(thread.getName()));
    lookAtBeans();
  }

  private void lookAtBeans() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      seen.append(name);
      if (name.getDomain().startsWith("java") && !name.getDomain().equals("javax.cache")) {
        continue; // the JVM's own, which show all system properties
      }
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        try {
          seen.append(server.getAttribute(name, attribute.getName()));
        } catch (JMException | RuntimeException e) {
          look(e);
        }
      }
    }
  }

  // ---- ways in --------------------------------------------------------------------------------

  /** How the password gets to Larder. */
  private enum Way {
    URI,
    USER_IN_URI,
    SYSTEM_PROPERTY,
    FILE,
    PLACEHOLDER_IN_FILE
  }

  private static final String PROPERTY = "larder.uri";
  private static final String PLACEHOLDER = "larder.test.password";

  private CacheManager open(Way way, int port) throws Exception {
    String uri = "redis://:" + CANARY + "@127.0.0.1:" + port + LIMITS;
    Properties properties = new Properties();
    properties.setProperty("larder.redis.trustStorePassword", CANARY);
    return switch (way) {
      case URI -> Managers.open(java.net.URI.create(uri), properties);
      case USER_IN_URI ->
          Managers.open(java.net.URI.create(uri.replace("//:", "//app:")), properties);
      case SYSTEM_PROPERTY -> {
        System.setProperty(PROPERTY, uri);
        yield Managers.open(java.net.URI.create("larder:canary"), properties);
      }
      case FILE -> Managers.open(file("uri=" + uri), properties);
      case PLACEHOLDER_IN_FILE -> {
        System.setProperty(PLACEHOLDER, CANARY);
        yield Managers.open(
            file("uri=" + uri.replace(CANARY, "${" + PLACEHOLDER + "}")), properties);
      }
    };
  }

  private URI file(String text) throws Exception {
    return Files.writeString(directory.resolve("larder.properties"), text).toUri();
  }

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
    System.clearProperty(PLACEHOLDER);
  }

  // ---- tests ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void row112PasswordStaysUnseenWhateverHappensToTheServer(Way way) throws Exception {
    try (RedisServer server =
            RedisServer.start("requirepass " + CANARY, "user app on >" + CANARY + " ~* &* +@all");
        CacheManager manager = open(way, server.port())) {
      Cache<String, Number> cache =
          manager.createCache(
              "c",
              new MutableConfiguration<String, Number>()
                  .setTypes(String.class, Number.class)
                  .setManagementEnabled(true)
                  .setStatisticsEnabled(true));
      cache.put("k", 1);
      assertThat(cache.get("k")).isEqualTo(1);
      server.command("SET", "c:bad", "no number");
      assertThat(cache.get("bad")).isNull();
      look(manager);

      server.command("ACL", "SETUSER", "app", "resetpass", ">another");
      server.command("CONFIG", "SET", "requirepass", "another");
      cutConnections(server.port());
      look(catchThrowable(() -> failing(cache)));
      look(manager);

      server.kill9();
      look(catchThrowable(() -> failing(cache)));
      look(manager);
    }
    assertThat(seen).contains("dev.larder.BackendException");
  }

  private static void cutConnections(int port) throws Exception {
    ProcessBuilder cut =
        new ProcessBuilder(
            "redis-cli", "-p", Integer.toString(port), "CLIENT", "KILL", "TYPE", "normal");
    cut.environment().put("REDISCLI_AUTH", "another");
    assertThat(cut.redirectErrorStream(true).start().waitFor()).isZero();
  }

  /** Until the loss of the connection is noticed, calls may get through. */
  private static void failing(Cache<String, Number> cache) {
    for (int i = 0; i < 100_000; i++) {
      cache.get("k");
    }
  }

  @ParameterizedTest
  @EnumSource
  void row112WrongPasswordStaysUnseen(Way way) throws Exception {
    try (RedisServer server =
        RedisServer.start("requirepass another", "user app on >another ~* &* +@all")) {
      look(catchThrowable(() -> open(way, server.port())));
    }
    assertThat(seen).contains("cannot connect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:PASSWORD@127.0.0.1:70000",
        "redis://:PASSWORD@127.0.0.1:abc",
        "redis://:PASSWORD@127.0.0.1:-1",
        "redis://:PASSWORD@",
        "redis://:PASSWORD@/0",
        "redis://:PASSWORD@ho_st:1",
        "redis://:PASSWORD@127.0.0.1:1/many",
        "redis://:PASSWORD@127.0.0.1:1?timout=1s",
        "redis://:PASSWORD@127.0.0.1:1?timeout=PT",
        "redis://PASSWORD@127.0.0.1:1",
        "redis://user:PASSWORD@127.0.0.1:1",
        "redis://user:PASSWORD@a:PASSWORD@127.0.0.1:1",
        "rediss://user:PASSWORD@127.0.0.1:1",
        "redis-sentinel://user:PASSWORD@127.0.0.1:1",
        "redis-sentinel://user:PASSWORD@127.0.0.1:1?sentinelMasterId=m",
        "redis-cluster://user:PASSWORD@127.0.0.1:1",
        "redsi://user:PASSWORD@127.0.0.1:1",
        "redis:user:PASSWORD@127.0.0.1:1",
        "redis://user:PASSWORD?x@127.0.0.1:1",
        "redis://user:1?PASSWORD@127.0.0.1:1",
        "redis://user:1?timeout=PASSWORD@127.0.0.1:1",
        "redis://user:1#PASSWORD@127.0.0.1:1",
        "memcached://user:1?PASSWORD@127.0.0.1:1",
        "memcached://user:PASSWORD@127.0.0.1:1"
      })
  void row112PasswordInABadUriStaysUnseen(String pattern) {
    URI uri = URI.create(pattern.replace("PASSWORD", CANARY));

    Throwable failure = catchThrowable(() -> Managers.open(uri));

    assertThat(failure).as(pattern).isInstanceOf(javax.cache.CacheException.class);
    look(failure);
    System.setProperty(PROPERTY, uri.toString());
    look(catchThrowable(() -> Managers.open(new LarderCachingProvider().getDefaultURI())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:PASSWORD@ho st",
        "redis://:PASSWORD@[",
        "::PASSWORD",
        "PASSWORD@127.0.0.1:1"
      })
  void row112PasswordInWhatIsNoUriStaysUnseen(String pattern) throws Exception {
    String text = pattern.replace("PASSWORD", CANARY);
    System.setProperty(PROPERTY, text);
    look(catchThrowable(() -> Managers.open(new LarderCachingProvider().getDefaultURI())));
    System.clearProperty(PROPERTY);
    URI file = file("uri=" + text);
    look(catchThrowable(() -> Managers.open(file)));
    System.setProperty(PLACEHOLDER, text);
    URI placeholder = file("uri=${" + PLACEHOLDER + "}");
    look(catchThrowable(() -> Managers.open(placeholder)));
  }

  @Test
  void row112PasswordOfAKeyStoreStaysUnseen() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("larder.redis.trustStore", directory.resolve("missing").toString());
    properties.setProperty("larder.redis.trustStorePassword", CANARY);

    Throwable failure =
        catchThrowable(() -> Managers.open(URI.create("rediss://127.0.0.1:1"), properties));

    assumeTrue(failure != null);
    look(failure);
  }
}
