package dev.larder.docs.snippets;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the code of the page for those who come from aiocache, on Redis. */
final class AiocacheTest {
  private static RedisServer redis;

  private Cache<String, String> users;
  private AsyncCache<String, String> cache;
  private AsyncCache<String, String> locks;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void create() {
    redis.command("FLUSHALL");
    CacheManager manager = Caching.getCachingProvider().getCacheManager(redis.uri(), null);
    LarderConfiguration<String, String> text =
        LarderConfiguration.builder(String.class, String.class).build();
    users = manager.createCache("users", text);
    cache = AsyncCache.of(users);
    locks = AsyncCache.of(manager.createCache("locks", text));
  }

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Test
  void commands() {
    assertThat(await(AiocacheCommands.commands(users))).containsExactly(null, "42", "2");
    assertThat(redis.command("GET", "users:new")).isEqualTo("value");
    assertThat((Long) redis.command("TTL", "users:b")).isBetween(290L, 300L);
  }

  @Test
  void timesToLive() {
    await(AiocacheTimesToLive.timesToLive(cache));

    assertThat((Long) redis.command("PTTL", "users:a")).isBetween(5_000L, 10_000L);
    assertThat(redis.command("PTTL", "users:b")).isEqualTo(-1L);
    assertThat(redis.command("PTTL", "users:c")).isEqualTo(-1L);
  }

  @Test
  void parameters() {
    await(AiocacheParameters.parameters(cache, Serializers.string()));

    assertThat((Long) redis.command("TTL", "users:a")).isBetween(50L, 60L);
    assertThat((Long) redis.command("TTL", "users:b")).isBetween(50L, 60L);
    assertThat(redis.command("GET", "main:users:c")).isEqualTo("3");
    assertThat(redis.command("GET", "users:d")).isEqualTo("4");
    await(AiocacheParameters.emptyAndClose(cache));
    assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("main:users:c"));
    assertThat(users.isClosed()).isTrue();
  }

  @Test
  void serializers() {
    for (Cache<String, String> texts :
        AiocacheSerializers.text(AiocacheSerializers.backend(redis.uri().toString()))) {
      texts.put("k", "value");
      assertThat(texts.get("k")).isEqualTo("value");
    }
    assertThat(redis.command("GET", "string:k")).isEqualTo("value");
    assertThat(redis.command("GET", "json:k")).isEqualTo("\"value\"");
    Object kept = new Object();
    Cache<String, Object> references =
        AiocacheSerializers.references(AiocacheSerializers.backend("memory:aiocache"));
    references.put("k", kept);
    assertThat(references.get("k")).isSameAs(kept);
  }

  @Test
  void options() {
    Queue<Object> failures = new ConcurrentLinkedQueue<>();
    assertThat(AiocacheOptions.options(Cached.of(cache), failures::add)).isEqualTo("result");
    assertThat(failures).isEmpty();
    assertThat(users.containsKey("key")).isFalse();

    Larder.configure(
        "texts", redis.uri(), LarderConfiguration.builder(String.class, String.class).build());
    assertThat(AiocacheOptions.byAlias("texts").get("k", () -> "found")).isEqualTo("found");
    assertThat(redis.command("GET", "texts:k")).isEqualTo("found");
  }

  @Test
  void nulls() {
    assertThat(await(AiocacheNulls.knownToHaveNone(cache))).isNull();
    assertThat(redis.command("GET", "users:nickname")).isEqualTo("(none)");
  }

  @Test
  void raw() {
    assertThat(await(AiocacheRaw.append(cache))).isEqualTo(9L);
    assertThat(users.get("log")).isEqualTo("one line\n");
    assertThat(await(cache.raw("GET", "users:log")))
        .isEqualTo("one line\n".getBytes(StandardCharsets.UTF_8));
    byte[] start = "two".getBytes(StandardCharsets.UTF_8);
    assertThat(await(cache.raw("SETRANGE", "users:log", 0, start))).isEqualTo(9L);
    assertThat(users.get("log")).isEqualTo("two line\n");
    AsyncCache<String, String> inMemory =
        AsyncCache.of(
            Caching.getCachingProvider()
                .getCacheManager(URI.create("memory:aiocache"), null)
                .createCache(
                    "raw", LarderConfiguration.builder(String.class, String.class).build()));
    assertThat(await(AiocacheRaw.keysInMemory(inMemory))).isEqualTo(Set.of("key"));
  }

  @Test
  void plugins() {
    Queue<Object> written = new ConcurrentLinkedQueue<>();

    assertThat(AiocachePlugins.measure(users, written)).isEqualTo("0.5 of 2");
    assertThat(written).containsExactly("key");
  }

  @Test
  void locks() {
    assertThat(await(AiocacheLocks.oneAtATime(locks, () -> completedFuture("done"))))
        .isEqualTo("done");
    users.put("name", "Ann");
    assertThat(await(AiocacheLocks.unlessChanged(cache, "name"))).isTrue();
    assertThat(users.get("name")).isEqualTo("Ann!");
  }

  @Test
  void cached() {
    AtomicInteger calls = new AtomicInteger();
    Function<Integer, String> load = id -> "name " + id + " " + calls.incrementAndGet();
    Function<Integer, CompletionStage<String>> user =
        AiocacheCached.decorate(cache, id -> completedFuture(load.apply(id)));

    assertThat(await(user.apply(7))).isEqualTo("name 7 1");
    assertThat(await(user.apply(7))).isEqualTo("name 7 1");
    assertThat(AiocacheCached.decorateBlocking(cache, load).apply(7)).isEqualTo("name 7 1");
    assertThat(AiocacheCached.refresh(cache, load)).isEqualTo("name 7 2");
    assertThat(users.get("user:7")).isEqualTo("name 7 2");
  }

  @Test
  void stampede() {
    for (Cached<String, String> one :
        List.of(AiocacheStampede.inThisJvm(cache), AiocacheStampede.inAllJvms(cache, locks))) {
      users.clear();
      assertThat(one.get("a", () -> "found")).isEqualTo("found");
      assertThat(one.get("a", () -> "not called")).isEqualTo("found");
    }
    assertThat(redis.command("EXISTS", "locks:a")).isEqualTo(0L);
  }

  @Test
  void multiCached() {
    users.put("user:1", "kept");

    assertThat(
            AiocacheMultiCached.decorate(
                    cache,
                    ids -> {
                      assertThat(ids).containsExactly(2);
                      return Map.of(2, "found");
                    })
                .apply(List.of(1, 2)))
        .isEqualTo(Map.of(1, "kept", 2, "found"));
    assertThat(users.get("user:2")).isEqualTo("found");
  }

  @Test
  void defaultCache() {
    Function<String, String> anywhere = AiocacheDefault.anywhere(word -> word + "!");
    AiocacheDefault.whenTheApplicationStarts(URI.create(redis.uri() + "?namespace=project"));

    assertThat(anywhere.apply("a")).isEqualTo("a!");
    assertThat(AiocacheDefault.directly().get("a")).isEqualTo("a!");
    assertThat(redis.command("GET", "project:default:a")).isEqualTo("\"a!\"");
    Cache<String, String> bounded = AiocacheDefault.bounded();
    for (int i = 0; i < 3_000; i++) {
      bounded.put("k" + i, "v");
    }
    assertThat(bounded).hasSizeLessThanOrEqualTo(1_000);
  }
}
