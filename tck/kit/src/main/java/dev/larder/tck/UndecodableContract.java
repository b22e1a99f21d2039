package dev.larder.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.LarderConfiguration;
import dev.larder.Undecodable;
import java.io.Serial;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Bytes on a server that are no value of the cache: a miss or a failure, for every call and on
 * every path that a call can take. Only for backends that have a server.
 *
 * <p>Tests name the rows of the project's catalogue of faults that they prove.
 */
public abstract class UndecodableContract extends CacheContract {
  private static final String KEY = "bad";

  private CacheManager others;

  /** Called by the constructors of the backends' tests. */
  protected UndecodableContract(Subject subject) {
    super(subject);
  }

  /** Opens a manager on the same server, as if in another JVM. */
  @BeforeEach
  final void openOthers() {
    ClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
    others = provider.getCacheManager(subject.uri(), loader);
  }

  @AfterEach
  final void closeOthers() {
    others.close();
  }

  // ---- bytes ----------------------------------------------------------------------------------

  /** Bytes that are no number of a cache. */
  private enum Kind {
    ROW_63_TRUNCATED,
    ROW_64_BIT_FLIPPED,
    ROW_65_FOREIGN,
    ROW_66_CLASS_NOT_ALLOWED,
    ROW_67_WRONG_TYPE,
    ROW_117_NEWER_VERSION
  }

  private byte[] bytes(Kind kind) {
    byte[] whole = stored(1);
    return switch (kind) {
      case ROW_63_TRUNCATED -> Arrays.copyOf(whole, whole.length - 1);
      case ROW_64_BIT_FLIPPED -> changed(whole, whole.length - 1);
      case ROW_65_FOREIGN -> "{\"of\": \"another program\"}".getBytes(UTF_8);
      case ROW_66_CLASS_NOT_ALLOWED -> stored(new Money());
      case ROW_67_WRONG_TYPE -> stored("text");
      case ROW_117_NEWER_VERSION -> changed(whole, 2);
    };
  }

  /** Returns what others store for an object. */
  private byte[] stored(Object object) {
    String name = newName();
    others
        .createCache(name, LarderConfiguration.builder(String.class, Object.class).build())
        .put(KEY, object);
    others.getCache(name).close();
    Cache<String, byte[]> raw = raw(name);
    byte[] bytes = requireNonNull(raw.get(KEY));
    others.destroyCache(name);
    return bytes;
  }

  private Cache<String, byte[]> raw(String cacheName) {
    return others.createCache(
        cacheName, LarderConfiguration.builder(String.class, byte[].class).build());
  }

  private static byte[] changed(byte[] bytes, int position) {
    byte[] changed = bytes.clone();
    changed[position]++;
    return changed;
  }

  /** A number that the JDK does not have. */
  private static final class Money extends Number {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 1;
    }

    @Override
    public long longValue() {
      return 1;
    }

    @Override
    public float floatValue() {
      return 1;
    }

    @Override
    public double doubleValue() {
      return 1;
    }
  }

  // ---- paths ----------------------------------------------------------------------------------

  /** The ways that calls take to a server. */
  private enum Path {
    PLAIN,
    LISTENED,
    WRITTEN_THROUGH,
    ASYNCHRONOUS
  }

  private Cache<String, Number> open(Path path, String name, Undecodable policy, boolean reads) {
    LarderConfiguration.Builder<String, Number> builder =
        settings(String.class, Number.class).undecodable(policy).statisticsEnabled(true);
    CacheLoader<String, Number> sevens = new Loaders.Simple<>(key -> 7);
    if (reads) {
      builder.readThrough(always(sevens));
    } else {
      builder.loader(always(sevens));
    }
    if (path == Path.LISTENED) {
      builder.listener(synchronous(new RecordingListener<String, Number>()));
    } else if (path == Path.WRITTEN_THROUGH) {
      builder.writeThrough(always(new Writers.Recording()));
    }
    Cache<String, Number> cache = manager.createCache(name, builder.build());
    return path == Path.ASYNCHRONOUS ? subject.asynchronous().face(cache) : cache;
  }

  // ---- calls ----------------------------------------------------------------------------------

  /** What stands under the key after a call. */
  private enum Effect {
    LEFT,
    GONE,
    TWO,
    SEVEN
  }

  /**
   * A call, what it answers and does where the bytes are taken for missing, and whether it fails
   * where they are not.
   *
   * @param ifNewer what it answers and does where they may be those of a newer release
   */
  private record Use(
      String name,
      Function<Cache<String, Number>, @Nullable Object> call,
      Outcome outcome,
      Outcome ifNewer,
      boolean asks) {}

  private record Outcome(@Nullable Object answer, Effect effect) {}

  private static Use asks(
      String name,
      Function<Cache<String, Number>, @Nullable Object> call,
      @Nullable Object answer,
      Effect effect) {
    Outcome outcome = new Outcome(answer, effect);
    return new Use(name, call, outcome, outcome, true);
  }

  private static Use does(
      String name,
      Function<Cache<String, Number>, @Nullable Object> call,
      @Nullable Object answer,
      Effect effect) {
    Outcome outcome = new Outcome(answer, effect);
    return new Use(name, call, outcome, outcome, false);
  }

  private static @Nullable Object done(Runnable call) {
    call.run();
    return null;
  }

  private static List<Use> uses() {
    return List.of(
        asks("get", cache -> cache.get(KEY), null, Effect.LEFT),
        asks("getAll", cache -> cache.getAll(Set.of(KEY)), Map.of(), Effect.LEFT),
        asks("containsKey", cache -> cache.containsKey(KEY), false, Effect.LEFT),
        asks("iterator", UndecodableContract::keys, List.of(), Effect.LEFT),
        does("put", cache -> done(() -> cache.put(KEY, 2)), null, Effect.TWO),
        does("putAll", cache -> done(() -> cache.putAll(Map.of(KEY, 2))), null, Effect.TWO),
        asks("getAndPut", cache -> cache.getAndPut(KEY, 2), null, Effect.TWO),
        new Use(
            "putIfAbsent",
            cache -> cache.putIfAbsent(KEY, 2),
            new Outcome(true, Effect.TWO),
            new Outcome(false, Effect.LEFT),
            true),
        asks("replace", cache -> cache.replace(KEY, 2), false, Effect.LEFT),
        asks("getAndReplace", cache -> cache.getAndReplace(KEY, 2), null, Effect.LEFT),
        asks("replace of a value", cache -> cache.replace(KEY, 1, 2), false, Effect.LEFT),
        does("remove", cache -> cache.remove(KEY), true, Effect.GONE),
        asks("remove of a value", cache -> cache.remove(KEY, 1), false, Effect.LEFT),
        asks("getAndRemove", cache -> cache.getAndRemove(KEY), null, Effect.GONE),
        does("removeAll", cache -> done(() -> cache.removeAll(Set.of(KEY))), null, Effect.GONE),
        does("removeAll of all", cache -> done(cache::removeAll), null, Effect.GONE),
        does("clear", cache -> done(cache::clear), null, Effect.GONE),
        asks(
            "invoke that looks",
            cache -> cache.<Object>invoke(KEY, (entry, arguments) -> entry.exists()),
            false,
            Effect.LEFT),
        asks(
            "invoke that sets",
            cache ->
                cache.<@Nullable Object>invoke(
                    KEY, (entry, arguments) -> done(() -> entry.setValue(2))),
            null,
            Effect.TWO),
        asks(
            "invoke that removes",
            cache -> cache.<@Nullable Object>invoke(KEY, (entry, arguments) -> done(entry::remove)),
            null,
            Effect.GONE),
        new Use(
            "loadAll of what is missing",
            cache -> load(cache, false),
            new Outcome(null, Effect.SEVEN),
            new Outcome(null, Effect.LEFT),
            true),
        does("loadAll of all", cache -> load(cache, true), null, Effect.SEVEN));
  }

  private static List<Use> readsThrough() {
    Outcome left = new Outcome(7, Effect.LEFT);
    return List.of(
        new Use("get", cache -> cache.get(KEY), new Outcome(7, Effect.SEVEN), left, true),
        new Use(
            "getAll",
            cache -> cache.getAll(Set.of(KEY)).get(KEY),
            new Outcome(7, Effect.SEVEN),
            left,
            true),
        new Use(
            "invoke",
            cache -> cache.<Object>invoke(KEY, (entry, arguments) -> entry.getValue()),
            new Outcome(7, Effect.SEVEN),
            left,
            true));
  }

  private static List<String> keys(Cache<String, Number> cache) {
    List<String> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static @Nullable Object load(Cache<String, Number> cache, boolean replacing) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(KEY), replacing, done);
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CacheException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return null;
  }

  // ---- tests ----------------------------------------------------------------------------------

  @TestFactory
  final Stream<DynamicTest> everyCallTakesThemForMissing() {
    return everywhere((path, kind) -> checkMisses(path, kind, false, uses()));
  }

  @TestFactory
  final Stream<DynamicTest> readingThroughLoadsWhatTheyHide() {
    return everywhere((path, kind) -> checkMisses(path, kind, true, readsThrough()));
  }

  @TestFactory
  final Stream<DynamicTest> everyCallThatAsksForTheValueFailsIfConfigured() {
    return everywhere(
        (path, kind) -> {
          checkFailures(path, kind, false, uses());
          checkFailures(path, kind, true, readsThrough());
        });
  }

  @FunctionalInterface
  private interface Check {
    void run(Path path, Kind kind);
  }

  /** Tries all kinds of bytes on one path, and on the others those that are treated differently. */
  private static Stream<DynamicTest> everywhere(Check check) {
    return Stream.of(Path.values())
        .flatMap(
            path ->
                Stream.of(Kind.values())
                    .filter(
                        kind ->
                            path == Path.PLAIN
                                || kind == Kind.ROW_65_FOREIGN
                                || kind == Kind.ROW_117_NEWER_VERSION)
                    .map(kind -> dynamicTest(kind + " " + path, () -> check.run(path, kind))));
  }

  private void checkMisses(Path path, Kind kind, boolean reads, List<Use> uses) {
    String name = newName();
    byte[] bytes = bytes(kind);
    Cache<String, byte[]> raw = raw(name);
    Cache<String, Number> cache = open(path, name, Undecodable.MISS, reads);
    for (Use use : uses) {
      raw.put(KEY, bytes);
      Outcome expected = kind == Kind.ROW_117_NEWER_VERSION ? use.ifNewer : use.outcome;
      assertThat(use.call.apply(cache)).as(use.name).isEqualTo(expected.answer);
      checkEffect(use.name, expected.effect, cache, raw.get(KEY), bytes);
    }
  }

  private void checkFailures(Path path, Kind kind, boolean reads, List<Use> uses) {
    String name = newName();
    byte[] bytes = bytes(kind);
    Cache<String, byte[]> raw = raw(name);
    Cache<String, Number> cache = open(path, name, Undecodable.FAIL, reads);
    for (Use use : uses) {
      raw.put(KEY, bytes);
      if (use.asks) {
        assertThat(catchThrowable(() -> use.call.apply(cache)))
            .as(use.name)
            .isInstanceOf(CacheException.class)
            .hasMessageContainingAll("cache '" + name + "'", "key '" + KEY + "'", "cannot be read")
            .hasCauseInstanceOf(Exception.class);
        checkEffect(use.name, Effect.LEFT, cache, raw.get(KEY), bytes);
      } else {
        assertThat(use.call.apply(cache)).as(use.name).isEqualTo(use.outcome.answer);
        checkEffect(use.name, use.outcome.effect, cache, raw.get(KEY), bytes);
      }
    }
  }

  private static void checkEffect(
      String use,
      Effect effect,
      Cache<String, Number> cache,
      byte @Nullable [] after,
      byte[] before) {
    switch (effect) {
      case LEFT -> assertThat(after).as(use).isEqualTo(before);
      case GONE -> assertThat(after).as(use).isNull();
      case TWO -> assertThat(cache.get(KEY)).as(use).isEqualTo(2);
      case SEVEN -> assertThat(cache.get(KEY)).as(use).isEqualTo(7);
    }
  }

  @Test
  final void listenersHearOfACreationAndOfNoRemoval() {
    String name = newName();
    RecordingListener<String, Number> listener = new RecordingListener<>();
    byte[] bytes = bytes(Kind.ROW_65_FOREIGN);
    Cache<String, byte[]> raw = raw(name);
    Cache<String, Number> cache =
        manager.createCache(
            name, settings(String.class, Number.class).listener(synchronous(listener)).build());

    raw.put(KEY, bytes);
    cache.put(KEY, 2);
    raw.put(KEY, bytes);
    cache.remove(KEY);

    assertThat(listener.events()).containsExactly(RecordingListener.Seen.created(KEY, 2));
  }

  @Test
  final void theyCountAsMissesAndAsUndecodable() {
    String name = newName();
    raw(name).put(KEY, bytes(Kind.ROW_65_FOREIGN));
    Cache<String, Number> cache = open(Path.PLAIN, name, Undecodable.MISS, false);

    cache.get(KEY);
    cache.getAll(Set.of(KEY));

    assertThat(statistics(cache).getCacheMisses()).isEqualTo(2);
    assertThat(statistics(cache).getCacheHits()).isZero();
    assertThat(figures(cache).getUndecodableValues()).isEqualTo(2);
    assertThat(figures(cache).getCommandsInFlight()).isZero();
    assertThat(figures(cache).getConnectionsLost()).isZero();
  }

  private CacheManager withParameter(String parameter) {
    String separator = subject.uri().getQuery() == null ? "?" : "&";
    URI uri = URI.create(subject.uri() + separator + parameter);
    return provider.getCacheManager(uri, getClass().getClassLoader());
  }

  @Test
  final void uriDecidesForCachesThatDoNot() {
    String name = newName();
    raw(name).put(KEY, bytes(Kind.ROW_65_FOREIGN));
    try (CacheManager failing = withParameter("undecodable=fail")) {
      Cache<String, Number> cache =
          failing.createCache(name, settings(String.class, Number.class).build());
      assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(CacheException.class);
      failing.destroyCache(name);
      raw(name + "2").put(KEY, bytes(Kind.ROW_65_FOREIGN));
      Cache<String, Number> own =
          failing.createCache(
              name + "2",
              settings(String.class, Number.class).undecodable(Undecodable.MISS).build());
      assertThat(own.get(KEY)).isNull();
    }
  }

  @Test
  final void uriThatSaysSomethingElseIsRefused() {
    assertThatThrownBy(() -> withParameter("undecodable=maybe"))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("undecodable", "maybe", "miss", "fail");
  }

  @Test
  final void eachCauseIsLoggedOnce() {
    String name = newName();
    raw(name).put(KEY, bytes(Kind.ROW_65_FOREIGN));
    Cache<String, Number> cache = open(Path.PLAIN, name, Undecodable.MISS, false);
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("dev.larder.remote");
    logger.setFilter(line -> lines.add(line.getMessage()));
    try {
      for (int i = 0; i < 100; i++) {
        cache.get(KEY);
        cache.containsKey(KEY);
      }
    } finally {
      logger.setFilter(null);
    }

    assertThat(lines).filteredOn(line -> line.contains("'" + name + "'")).hasSize(1);
  }

  @Test
  final void bytesOfACacheOfBytesAreAllValues() {
    Cache<String, byte[]> cache = raw(newName());
    byte[] any = {0, -1};
    cache.put(KEY, any);

    assertThat(cache.containsKey(KEY)).isTrue();
    assertThat(cache.putIfAbsent(KEY, any)).isFalse();
    assertThat(cache.replace(KEY, any)).isTrue();
  }

  @Test
  final void textThatIsNoNumberIsUndecodableInThePlainFormat() {
    String name = newName();
    raw(name).put(KEY, "no number".getBytes(UTF_8));
    Cache<String, Integer> cache = manager.createCache(name, settings().build());

    assertThat(cache.get(KEY)).isNull();
    assertThat(cache.containsKey(KEY)).isFalse();
    assertThat(cache.putIfAbsent(KEY, 2)).isTrue();
    assertThat(cache.get(KEY)).isEqualTo(2);
  }
}
