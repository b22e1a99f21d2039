package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What an asynchronous cache does on the cache of any provider. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
abstract class AsyncCacheContract {
  private CacheManager manager;
  AsyncCache<String, Integer> async;

  /** Returns the class name of the provider. */
  abstract String provider();

  /** Opens the manager of the tests' caches. */
  CacheManager open(CachingProvider provider) {
    return provider.getCacheManager(
        provider.getDefaultURI(), getClass().getClassLoader(), provider.getDefaultProperties());
  }

  @BeforeAll
  void openManager() {
    manager = open(Caching.getCachingProvider(provider()));
  }

  @AfterAll
  void closeManager() {
    manager.close();
  }

  @BeforeEach
  void createCache() {
    async = AsyncCache.of(manager.createCache("numbers", configuration()));
  }

  @AfterEach
  void destroyCaches() {
    manager.destroyCache("numbers");
    manager.destroyCache("loaded");
  }

  private static MutableConfiguration<String, Integer> configuration() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  private AsyncCache<String, Integer> loadedBy(Class<? extends CacheLoader<String, Integer>> type) {
    return AsyncCache.of(
        manager.createCache(
            "loaded",
            configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(type))));
  }

  @Test
  void getOfAnAbsentKeyIsNull() {
    assertThat(result(async.get("a"))).isNull();
  }

  @Test
  void getFindsWhatWasPut() {
    result(async.put("a", 1));
    assertThat(result(async.get("a"))).isEqualTo(1);
  }

  @Test
  void getLoadsThroughTheCache() {
    assertThat(result(loadedBy(LengthLoader.class).get("four"))).isEqualTo(4);
  }

  @Test
  void aLoaderThatFailsFailsTheGet() {
    assertThat(failure(loadedBy(FailingLoader.class).get("a"))).isInstanceOf(CacheException.class);
  }

  @Test
  void getAllGivesTheKeysThatAreThere() {
    result(async.putAll(Map.of("a", 1, "b", 2)));
    assertThat(result(async.getAll(Set.of("a", "b", "c")))).isEqualTo(Map.of("a", 1, "b", 2));
  }

  @Test
  void containsKeySaysWhetherThereIsAValue() {
    result(async.put("a", 1));
    assertThat(result(async.containsKey("a"))).isTrue();
    assertThat(result(async.containsKey("b"))).isFalse();
  }

  @Test
  void aVersionIsReplacedOnce() {
    assertThat(result(async.gets("a"))).isNull();
    result(async.put("a", 1));
    VersionedValue<Integer> seen = result(async.gets("a"));
    assertThat(seen.value()).isEqualTo(1);
    assertThat(result(async.cas("a", seen, 2))).isTrue();
    assertThat(result(async.cas("a", seen, 3))).isFalse();
    assertThat(result(async.get("a"))).isEqualTo(2);
  }

  @Test
  void loadAllIsCompleteWhenTheValuesAreThere() {
    AsyncCache<String, Integer> loaded = loadedBy(LengthLoader.class);
    result(loaded.loadAll(Set.of("a", "four"), true));
    assertThat(loaded.cache().containsKey("a")).isTrue();
    assertThat(loaded.cache().containsKey("four")).isTrue();
  }

  @Test
  void loadAllReplacesOnlyWhenAskedTo() {
    AsyncCache<String, Integer> loaded = loadedBy(LengthLoader.class);
    result(loaded.put("four", 0));
    result(loaded.loadAll(Set.of("four"), false));
    assertThat(result(loaded.get("four"))).isZero();
    result(loaded.loadAll(Set.of("four"), true));
    assertThat(result(loaded.get("four"))).isEqualTo(4);
  }

  @Test
  void aLoaderThatFailsFailsLoadAll() {
    assertThat(failure(loadedBy(FailingLoader.class).loadAll(Set.of("a"), true)))
        .isInstanceOf(CacheException.class);
  }

  @Test
  void putReplacesAValue() {
    result(async.put("a", 1));
    assertThat(result(async.put("a", 2))).isNull();
    assertThat(async.cache().get("a")).isEqualTo(2);
  }

  @Test
  void getAndPutGivesTheValueBefore() {
    assertThat(result(async.getAndPut("a", 1))).isNull();
    assertThat(result(async.getAndPut("a", 2))).isEqualTo(1);
    assertThat(async.cache().get("a")).isEqualTo(2);
  }

  @Test
  void putAllPutsEachEntry() {
    assertThat(result(async.putAll(Map.of("a", 1, "b", 2)))).isNull();
    assertThat(result(async.getAll(Set.of("a", "b")))).isEqualTo(Map.of("a", 1, "b", 2));
  }

  @Test
  void putIfAbsentKeepsAValue() {
    assertThat(result(async.putIfAbsent("a", 1))).isTrue();
    assertThat(result(async.putIfAbsent("a", 2))).isFalse();
    assertThat(async.cache().get("a")).isEqualTo(1);
  }

  @Test
  void removeSaysWhetherThereWasAValue() {
    result(async.put("a", 1));
    assertThat(result(async.remove("a"))).isTrue();
    assertThat(result(async.remove("a"))).isFalse();
    assertThat(async.cache().containsKey("a")).isFalse();
  }

  @Test
  void removeOfAValueLeavesAnother() {
    result(async.put("a", 1));
    assertThat(result(async.remove("a", 2))).isFalse();
    assertThat(result(async.remove("a", 1))).isTrue();
    assertThat(async.cache().containsKey("a")).isFalse();
  }

  @Test
  void getAndRemoveGivesTheValueBefore() {
    result(async.put("a", 1));
    assertThat(result(async.getAndRemove("a"))).isEqualTo(1);
    assertThat(result(async.getAndRemove("a"))).isNull();
  }

  @Test
  void replaceOfAValueLeavesAnother() {
    result(async.put("a", 1));
    assertThat(result(async.replace("a", 2, 3))).isFalse();
    assertThat(result(async.replace("a", 1, 3))).isTrue();
    assertThat(async.cache().get("a")).isEqualTo(3);
  }

  @Test
  void replaceNeedsAValue() {
    assertThat(result(async.replace("a", 1))).isFalse();
    result(async.put("a", 1));
    assertThat(result(async.replace("a", 2))).isTrue();
    assertThat(async.cache().get("a")).isEqualTo(2);
  }

  @Test
  void getAndReplaceNeedsAValue() {
    assertThat(result(async.getAndReplace("a", 1))).isNull();
    result(async.put("a", 1));
    assertThat(result(async.getAndReplace("a", 2))).isEqualTo(1);
    assertThat(async.cache().get("a")).isEqualTo(2);
  }

  @Test
  void removeAllOfKeysLeavesTheOthers() {
    result(async.putAll(Map.of("a", 1, "b", 2, "c", 3)));
    assertThat(result(async.removeAll(Set.of("a", "b", "d")))).isNull();
    assertThat(async.cache()).extracting(Cache.Entry::getKey).containsExactly("c");
  }

  @Test
  void removeAllEmptiesTheCache() {
    result(async.putAll(Map.of("a", 1, "b", 2)));
    assertThat(result(async.removeAll())).isNull();
    assertThat(async.cache()).isEmpty();
  }

  @Test
  void clearEmptiesTheCache() {
    result(async.putAll(Map.of("a", 1, "b", 2)));
    assertThat(result(async.clear())).isNull();
    assertThat(async.cache()).isEmpty();
  }

  @Test
  void invokeGivesTheProcessorItsArguments() {
    result(async.put("a", 1));
    assertThat(result(async.invoke("a", new Adder(), 2, 3))).isEqualTo(6);
    assertThat(async.cache().get("a")).isEqualTo(6);
  }

  @Test
  void invokeCanAnswerNull() {
    assertThat(result(async.invoke("a", new Adder()))).isNull();
  }

  @Test
  void aProcessorThatFailsFailsTheInvoke() {
    assertThat(failure(async.invoke("a", new FailingProcessor())))
        .isInstanceOf(EntryProcessorException.class);
  }

  @Test
  void invokeAllAnswersForEachKey() {
    result(async.putAll(Map.of("a", 1, "b", 2)));
    Map<String, EntryProcessorResult<Integer>> sums =
        result(async.invokeAll(Set.of("a", "b"), new Adder(), 10));
    assertThat(sums.get("a").get()).isEqualTo(11);
    assertThat(sums.get("b").get()).isEqualTo(12);
  }

  @Test
  void invokeAllKeepsAFailureForItsKey() {
    var results = result(async.invokeAll(Set.of("a"), new FailingProcessor()));
    assertThatThrownBy(() -> results.get("a").get()).isInstanceOf(EntryProcessorException.class);
  }

  @Test
  void nullIsRefusedAtOnce() {
    Adder adder = new Adder();
    Set<String> withNull = new HashSet<>(Arrays.asList("a", null));
    Map<String, Integer> toNull = new HashMap<>();
    toNull.put("a", null);
    Map<String, Integer> ofNull = new HashMap<>();
    ofNull.put(null, 1);
    Stream.<Runnable>of(
            () -> async.get(null),
            () -> async.getAll(null),
            () -> async.getAll(withNull),
            () -> async.containsKey(null),
            () -> async.loadAll(null, true),
            () -> async.loadAll(withNull, true),
            () -> async.put(null, 1),
            () -> async.put("a", null),
            () -> async.getAndPut(null, 1),
            () -> async.getAndPut("a", null),
            () -> async.putAll(null),
            () -> async.putAll(toNull),
            () -> async.putAll(ofNull),
            () -> async.putIfAbsent(null, 1),
            () -> async.putIfAbsent("a", null),
            () -> async.remove(null),
            () -> async.remove(null, 1),
            () -> async.remove("a", null),
            () -> async.getAndRemove(null),
            () -> async.replace(null, 1, 2),
            () -> async.replace("a", null, 2),
            () -> async.replace("a", 1, null),
            () -> async.replace(null, 1),
            () -> async.replace("a", null),
            () -> async.getAndReplace(null, 1),
            () -> async.getAndReplace("a", null),
            () -> async.removeAll(null),
            () -> async.removeAll(withNull),
            () -> async.invoke(null, adder),
            () -> async.invoke("a", null),
            () -> async.invokeAll(null, adder),
            () -> async.invokeAll(withNull, adder),
            () -> async.invokeAll(Set.of("a"), null),
            () -> async.unwrap(null))
        .forEach(call -> assertThatNullPointerException().isThrownBy(call::run));
    assertThat(async.cache()).isEmpty();
  }

  @Test
  void aClosedCacheFailsTheStage() {
    async.cache().close();
    Adder adder = new Adder();
    Stream.<CompletionStage<?>>of(
            async.get("a"),
            async.getAll(Set.of("a")),
            async.containsKey("a"),
            async.loadAll(Set.of("a"), true),
            async.put("a", 1),
            async.getAndPut("a", 1),
            async.putAll(Map.of("a", 1)),
            async.putIfAbsent("a", 1),
            async.remove("a"),
            async.remove("a", 1),
            async.getAndRemove("a"),
            async.replace("a", 1, 2),
            async.replace("a", 1),
            async.getAndReplace("a", 1),
            async.removeAll(Set.of("a")),
            async.removeAll(),
            async.clear(),
            async.invoke("a", adder),
            async.invokeAll(Set.of("a"), adder))
        .forEach(stage -> assertThat(failure(stage)).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void unwrapGivesThisAndWhatTheCacheUnwrapsTo() {
    Object self = async.unwrap(AsyncCache.class);
    Object cache = async.unwrap(Cache.class);
    assertThat(self).isSameAs(async);
    assertThat(cache).isSameAs(async.cache());
    assertThatThrownBy(() -> async.unwrap(Runnable.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Returns the exception with which a stage fails, as its direct dependents see it. */
  static Throwable failure(CompletionStage<?> stage) {
    Throwable failure =
        result(stage.handle((value, thrown) -> Objects.requireNonNull(thrown, "no failure")));
    assertThat(failure).isNotInstanceOf(CompletionException.class);
    return failure;
  }

  /** Loads the length of the key. */
  public static final class LengthLoader implements CacheLoader<String, Integer>, Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public Integer load(String key) {
      return key.length();
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      Map<String, Integer> lengths = new HashMap<>();
      keys.forEach(key -> lengths.put(key, key.length()));
      return lengths;
    }
  }

  /** Loads nothing. */
  public static final class FailingLoader implements CacheLoader<String, Integer>, Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public Integer load(String key) {
      throw new CacheLoaderException(key);
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      throw new CacheLoaderException(keys.toString());
    }
  }

  /** Adds its arguments to a value that is there. */
  static final class Adder implements EntryProcessor<String, Integer, Integer>, Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
      if (!entry.exists()) {
        return null;
      }
      int sum = entry.getValue();
      for (Object argument : arguments) {
        sum += (Integer) argument;
      }
      entry.setValue(sum);
      return sum;
    }
  }

  /** Fails. */
  static final class FailingProcessor
      implements EntryProcessor<String, Integer, Integer>, Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
      throw new IllegalArgumentException(entry.getKey());
    }
  }
}
