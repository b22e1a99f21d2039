package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.jackson.JacksonSerializer;
import dev.larder.spi.Serializer;
import dev.larder.tck.servers.MemcachedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What aiocache's client for Memcached (aiomcache, Python) sends and accepts, byte by byte: entries
 * of Larder as it reads them, and its own as Larder does.
 */
class InteroperabilityTest {
  private static MemcachedServer server;
  private CacheManager manager;
  private Python python;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    server.command("flush_all");
    manager = Caches.manager(server.uri(), "namespace=shop&timeout=5s");
    python = new Python();
  }

  @AfterEach
  void close() throws IOException {
    python.close();
    manager.close();
  }

  /** A connection of the Python client, which knows lines and flags 0. */
  private static final class Python implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());

    Python() throws IOException {
      socket.setSoTimeout(10_000);
    }

    private void exchange(String request, Charset charset, byte[] expected) throws IOException {
      socket.getOutputStream().write(request.getBytes(charset));
      byte[] answer = socket.getInputStream().readNBytes(expected.length);
      assertThat(new String(answer, charset)).isEqualTo(new String(expected, charset));
    }

    void set(String key, int seconds, String value) throws IOException {
      set(key, seconds, value, UTF_8);
    }

    void set(String key, int seconds, String value, Charset charset) throws IOException {
      exchange(
          "set %s 0 %d %d\r\n%s\r\n".formatted(key, seconds, value.getBytes(charset).length, value),
          charset,
          "STORED\r\n".getBytes(UTF_8));
    }

    void getIs(String key, String value) throws IOException {
      getIs(key, value, UTF_8);
    }

    void getIs(String key, String value, Charset charset) throws IOException {
      exchange(
          "get " + key + "\r\n",
          charset,
          "VALUE %s 0 %d\r\n%s\r\nEND\r\n"
              .formatted(key, value.getBytes(charset).length, value)
              .getBytes(charset));
    }

    void getIsNone(String key) throws IOException {
      exchange("get " + key + "\r\n", UTF_8, "END\r\n".getBytes(UTF_8));
    }

    void says(String request, String answer) throws IOException {
      exchange(request + "\r\n", UTF_8, (answer + "\r\n").getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private <V> Cache<String, V> cache(Class<V> type) {
    return Caches.cache(manager, "names", String.class, type);
  }

  private Cache<String, String> cache(ExpiryPolicy policy) {
    return manager.createCache(
        "names",
        LarderConfiguration.builder(String.class, String.class).expiryPolicy(() -> policy).build());
  }

  @Test
  void text() throws IOException {
    Cache<String, String> cache = cache(String.class);
    cache.put("home", "Zuhause é 🙂");
    cache.put("straße", "");

    python.getIs("shop:names:home", "Zuhause é 🙂");
    python.getIs("shop:names:straße", "");
    python.set("shop:names:über", 0, "Übung\r\nEND\r\n");
    assertThat(cache.get("über")).isEqualTo("Übung\r\nEND\r\n");
  }

  @Test
  void numbers() throws IOException {
    Cache<String, Long> cache = cache(Long.class);
    cache.put("visits", 41L);

    python.getIs("shop:names:visits", "41");
    python.says("incr shop:names:visits 1", "42");
    assertThat(cache.get("visits")).isEqualTo(42L);
    python.set("shop:names:debt", 0, "-9223372036854775808");
    assertThat(cache.get("debt")).isEqualTo(Long.MIN_VALUE);
    Cache<String, Double> halves = Caches.cache(manager, "halves", String.class, Double.class);
    halves.put("one", 0.5);
    python.getIs("shop:halves:one", "0.5");
    python.set("shop:halves:large", 0, "1e+300"); // as Python writes it
    assertThat(halves.get("large")).isEqualTo(1e300);
  }

  @Test
  void bytes() throws IOException {
    Cache<String, byte[]> cache = cache(byte[].class);
    String all = new String(new byte[] {0, 13, 10, -1, -128, 'A'}, ISO_8859_1);
    cache.put("raw", all.getBytes(ISO_8859_1));

    python.getIs("shop:names:raw", all, ISO_8859_1);
    python.set("shop:names:theirs", 0, all, ISO_8859_1);
    assertThat(cache.get("theirs")).isEqualTo(all.getBytes(ISO_8859_1));
  }

  record Basket(String owner, List<Integer> fruit) {}

  @Test
  void json() throws IOException {
    Serializer<Basket> serializer = JacksonSerializer.of(Basket.class);
    Cache<String, Basket> cache =
        manager.createCache(
            "names",
            LarderConfiguration.builder(String.class, Basket.class).serializer(serializer).build());
    cache.put("ann", new Basket("Ann", List.of(1, 2)));

    python.getIs("shop:names:ann", "{\"fruit\":[1,2],\"owner\":\"Ann\"}");
    python.set("shop:names:zoe", 0, "{\"owner\": \"Zo\\u00eb\", \"fruit\": [3]}"); // json.dumps
    assertThat(cache.get("zoe")).isEqualTo(new Basket("Zoë", List.of(3)));
  }

  @Test
  void timesOfWholeSecondsAndTheirsAreLeftToTheServer() throws IOException {
    Cache<String, String> cache = cache(new ModifiedExpiryPolicy(Duration.ONE_MINUTE));
    cache.put("home", "mine");

    python.getIs("shop:names:home", "mine");
    python.set("shop:names:about", 60, "theirs");
    assertThat(cache.get("about")).isEqualTo("theirs");
    assertThat(server.command("mg shop:names:about t")).matches("HD t(60|59)");
    python.says("touch shop:names:home 120", "TOUCHED");
    assertThat(cache.containsKey("home")).isTrue();
  }

  @Test
  void whatNeedsAHeaderHasFlagsThatTheyRefuse() {
    Cache<String, String> cache = cache(new CreatedExpiryPolicy(Duration.ONE_MINUTE));
    cache.put("home", "mine");

    assertThat(server.command("get shop:names:home"))
        .startsWith("VALUE shop:names:home %d 16\r\n".formatted(0x4CA7_0001));
  }

  @Test
  void conditionsHoldBothWays() throws IOException {
    Cache<String, String> cache = cache(String.class);
    cache.put("home", "mine");

    python.says("add shop:names:home 0 0 6\r\ntheirs", "NOT_STORED");
    python.says("append shop:names:home 0 0 0\r\n", "STORED"); // aiocache's "exists"
    assertThat(cache.get("home")).isEqualTo("mine");
    python.says("delete shop:names:home", "DELETED");
    assertThat(cache.remove("home")).isFalse();
    python.set("shop:names:home", 0, "theirs");
    assertThat(cache.putIfAbsent("home", "mine")).isFalse();
    assertThat(cache.replace("home", "theirs", "mine")).isTrue();
    python.getIs("shop:names:home", "mine");
  }

  @Test
  void clearAndIterationSeeTheirsToo() throws IOException {
    Cache<String, String> cache = cache(String.class);
    python.set("shop:names:theirs", 0, "value");
    python.set("shop:other:theirs", 0, "value");

    assertThat(cache).singleElement().extracting(Cache.Entry::getKey).isEqualTo("theirs");
    cache.clear();
    python.getIsNone("shop:names:theirs");
    python.getIs("shop:other:theirs", "value");
  }
}
