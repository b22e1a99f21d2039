package dev.larder.docs.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.async.AsyncCache;
import dev.larder.jackson.JacksonSerializer;
import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.servers.RedisServer;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.EntryProcessor;
import javax.cache.spi.CachingProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Makes each mistake of the guide's table, and looks for the row that explains it. */
final class ErrorTableTest {
  private final CacheManager manager = Caching.getCachingProvider().getCacheManager();
  private final List<String> messages = new ArrayList<>();

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
  }

  @Test
  void everyRowStartsAMessageAndEveryMessageHasARow() throws Exception {
    makeMistakesWithProviders();
    makeMistakesWithManagers();
    makeMistakesWithArguments();
    makeMistakesInUserCode();
    makeMistakesWithKeys();
    makeMistakesOnRedis();
    makeMistakesOnMemcached();
    makeMistakesWithSerializers();
    makeMistakesWithoutWaiting();

    List<Pattern> rows = rows();
    assertThat(rows).isNotEmpty();
    for (Pattern row : rows) {
      assertThat(messages)
          .as("messages that the row '%s' explains", row)
          .anyMatch(message -> row.matcher(message).lookingAt());
    }
    for (String message : messages) {
      assertThat(rows)
          .as("rows that explain '%s'", message)
          .anyMatch(row -> row.matcher(message).lookingAt());
    }
  }

  private void makeMistakesWithProviders() throws IOException {
    try (URLClassLoader empty =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      mistake(() -> Caching.getCachingProvider(empty));
    }
    // javax.cache's own, for which there would have to be a second provider.
    messages.add("Multiple CachingProviders have been configured when only a single");
  }

  private void makeMistakesWithManagers() {
    CachingProvider provider = Caching.getCachingProvider();
    mistake(() -> provider.getCacheManager(URI.create("file:/ehcache.xml"), null));
    mistake(() -> provider.getCacheManager(URI.create("hazelcast:name"), null));
    Properties misspelt = new Properties();
    misspelt.setProperty("larder.ulr", "memory:");
    mistake(() -> provider.getCacheManager(URI.create("larder:misspelt"), null, misspelt));
    CacheManager closed = provider.getCacheManager(URI.create("larder:closed"), null);
    closed.close();
    mistake(closed::getCacheNames);
    manager.createCache("twice", new MutableConfiguration<>());
    mistake(() -> manager.createCache("twice", new MutableConfiguration<>()));
    mistake(() -> manager.enableStatistics("unknown", true));
    mistake(() -> manager.unwrap(String.class));
    mistake(() -> LarderConfiguration.builder().maxEntries(0));
    LarderConfiguration.Builder<Object, Object> noPolicy =
        LarderConfiguration.builder()
            .expiryPolicy(
                () -> {
                  throw new IllegalStateException("no policy today");
                });
    mistake(() -> create("no-policy", noPolicy));
  }

  private void makeMistakesWithArguments() {
    manager.createCache("typed", LarderConfiguration.builder(String.class, Integer.class).build());
    mistake(() -> manager.getCache("typed", Integer.class, Integer.class));
    mistake(() -> manager.getCache("typed", String.class, String.class));
    Cache<Object, Object> typed = manager.getCache("typed");
    mistake(() -> typed.put(1, 1));
    mistake(() -> typed.put("one", "1"));
    mistake(() -> typed.getConfiguration(OtherConfiguration.class));

    Cache<Object, Object> byValue = create("by-value", LarderConfiguration.builder());
    mistake(() -> byValue.put("a", new Object()));
    mistake(() -> byValue.put("a", new Unwritable()));
    byValue.close();
    mistake(() -> byValue.get("a"));
  }

  private void makeMistakesInUserCode() {
    Cache<Object, Object> loading =
        create("loading", LarderConfiguration.builder().readThrough(BrokenLoader::new));
    mistake(() -> loading.get("a"));
    mistake(() -> loading.getAll(Set.of("a", "b")));
    Cache<String, Integer> writing = WriteThroughWriter.create(manager, Map.of());
    mistake(() -> writing.put("a", 1));
    mistake(() -> writing.putAll(Map.of("a", 1, "b", 2)));
    Cache<Object, Object> plain = create("plain", LarderConfiguration.builder());
    mistake(() -> plain.invoke("a", failing()));
    MutableCacheEntryListenerConfiguration<Object, Object> listener =
        new MutableCacheEntryListenerConfiguration<>(BrokenListener::new, null, false, true);
    plain.registerCacheEntryListener(listener);
    mistake(() -> plain.put("a", 1));
    mistake(() -> plain.registerCacheEntryListener(listener));
  }

  private void makeMistakesWithKeys() throws Exception {
    Cache<Object, Object> cache = create("keys", LarderConfiguration.builder());
    EntryProcessor<Object, Object, Object> putOwnKey =
        (entry, arguments) -> {
          cache.put(entry.getKey(), 1);
          return null;
        };
    mistakeInside(() -> cache.invoke("a", putOwnKey));

    CyclicBarrier bothHold = new CyclicBarrier(2);
    EntryProcessor<Object, Object, Object> putOtherKey =
        (entry, arguments) -> {
          meet(bothHold);
          cache.put(arguments[0], 1);
          return null;
        };
    CompletableFuture<Throwable> other =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> cache.invoke("a", putOtherKey, "b")));
    Throwable mine = catchThrowable(() -> cache.invoke("b", putOtherKey, "a"));
    List<Throwable> refused =
        Stream.of(Optional.ofNullable(mine), Optional.ofNullable(other.get()))
            .flatMap(Optional::stream)
            .toList();
    assertThat(refused).hasSize(1);
    messages.add(refused.get(0).getCause().getMessage());

    EntryProcessor<Object, Object, Object> letInterruptedThreadWait =
        (entry, arguments) -> CompletableFuture.supplyAsync(() -> putInterrupted(cache)).join();
    messages.add(String.valueOf(cache.invoke("a", letInterruptedThreadWait)));
  }

  private void makeMistakesOnRedis() {
    CachingProvider provider = Caching.getCachingProvider();
    try (RedisServer redis = RedisServer.start();
        CacheManager remote = provider.getCacheManager(redis.uri(), null)) {
      mistake(
          () ->
              remote.createCache(
                  "bound", LarderConfiguration.builder().maxWeight(9, (key, value) -> 1).build()));
      mistake(
          () ->
              remote.createCache("reference", new MutableConfiguration<>().setStoreByValue(false)));
      Cache<Object, Object> cache = remote.createCache("any", new MutableConfiguration<>());
      mistake(() -> cache.put("a", new Object()));
      redis.command("CONFIG", "SET", "maxmemory", "1");
      mistake(() -> cache.put("a", 1));
      mistake(() -> provider.getCacheManager(URI.create(redis.uri() + "/first"), null));
    }
    URI nobody = URI.create("redis://127.0.0.1:" + RedisServer.freePort());
    mistake(() -> provider.getCacheManager(nobody, null));
  }

  private void makeMistakesOnMemcached() {
    CachingProvider provider = Caching.getCachingProvider();
    try (MemcachedServer memcached = MemcachedServer.start("-X");
        CacheManager remote = provider.getCacheManager(memcached.uri(), null)) {
      Cache<Object, Object> cache = remote.createCache("any", new MutableConfiguration<>());
      mistake(() -> cache.put("a", new byte[2 << 20]));
      mistake(cache::clear);
      memcached.kill9();
      mistake(() -> cache.put("a", 1));
      mistake(() -> provider.getCacheManager(URI.create(memcached.uri() + "?again=1"), null));
      mistake(
          () -> provider.getCacheManager(URI.create(memcached.uri() + "?namespace=again"), null));
    }
  }

  private void makeMistakesWithSerializers() {
    LarderConfiguration<String, Object> json =
        LarderConfiguration.builder(String.class, Object.class)
            .serializer(JacksonSerializer.of(Object.class))
            .build();
    mistake(() -> manager.createCache("json", json).put("a", new Object()));
    try (RedisServer redis = RedisServer.start();
        CacheManager remote = Caching.getCachingProvider().getCacheManager(redis.uri(), null)) {
      mistake(() -> remote.createCache("json", json).put("a", new Object()));
      mistake(
          () ->
              remote.createCache(
                  "identity",
                  LarderConfiguration.builder().serializer(Serializers.identity()).build()));
    }
  }

  private void makeMistakesWithoutWaiting() {
    Cache<Object, Object> cache = create("async", LarderConfiguration.builder());
    AsyncCache<Object, Object> async =
        AsyncCache.of(cache, AsyncCache.Settings.builder().maxInFlight(1).build());
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    CompletionStage<?> first = async.invoke("a", (entry, arguments) -> answer.join());
    mistakeOf(async.put("b", 1));
    answer.complete(1);
    first.toCompletableFuture().join();
    cache.put("c", "text");
    mistakeOf(async.increment("c"));
    mistakeOf(async.add("c", 1));
    mistake(() -> async.withTimeToLive(Duration.ZERO));
  }

  private void mistakeOf(CompletionStage<?> stage) {
    messages.add(catchThrowable(() -> stage.toCompletableFuture().join()).getCause().getMessage());
  }

  private static String putInterrupted(Cache<Object, Object> cache) {
    Thread.currentThread().interrupt();
    try {
      return catchThrowable(() -> cache.put("a", 1)).getMessage();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cache<Object, Object> create(
      String name, LarderConfiguration.Builder<Object, Object> configuration) {
    return manager.createCache(name, configuration.build());
  }

  private static EntryProcessor<Object, Object, Object> failing() {
    return (entry, arguments) -> {
      throw new IllegalStateException("no answer today");
    };
  }

  private void mistakeInside(ThrowingCallable call) {
    messages.add(catchThrowable(call).getCause().getMessage());
  }

  private void mistake(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isNotNull();
    messages.add(String.valueOf(failure.getMessage()));
  }

  /** Returns what the messages of each row start with. */
  private static List<Pattern> rows() {
    return Page.read("guide.md")
        .text()
        .lines()
        .dropWhile(line -> !line.startsWith("| the message starts with"))
        .skip(2)
        .takeWhile(line -> line.startsWith("| `"))
        .map(line -> line.substring(line.indexOf('`') + 1, line.indexOf("` |")))
        .map(ErrorTableTest::startingWith)
        .toList();
  }

  private static Pattern startingWith(String words) {
    return Pattern.compile(
        Stream.of(words.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*?")),
        Pattern.DOTALL);
  }

  private static final class OtherConfiguration extends MutableConfiguration<Object, Object> {
    @Serial private static final long serialVersionUID = 1L;
  }

  private static final class Unwritable implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException("no copy today");
    }
  }

  private static final class BrokenLoader implements CacheLoader<Object, Object> {
    @Override
    public Object load(Object key) {
      throw new IllegalStateException("no value today");
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      throw new IllegalStateException("no values today");
    }
  }

  private static final class BrokenListener implements CacheEntryCreatedListener<Object, Object> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
      throw new IllegalStateException("no ear today");
    }
  }
}
