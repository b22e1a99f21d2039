package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The figures of {@link CacheStatisticsMXBean}: what counts as what, and that nothing is lost. */
public abstract class StatisticsContract extends CacheContract {

  /** Tests this backend. */
  protected StatisticsContract(Subject subject) {
    super(subject);
  }

  private Cache<String, Integer> counted() {
    return create(settings().statisticsEnabled(true));
  }

  /** Returns hits, misses, puts and removals. */
  private static List<Long> counts(Cache<?, ?> cache) {
    CacheStatisticsMXBean bean = statistics(cache);
    return List.of(
        bean.getCacheHits(), bean.getCacheMisses(), bean.getCachePuts(), bean.getCacheRemovals());
  }

  private static List<Long> counts(long hits, long misses, long puts, long removals) {
    return List.of(hits, misses, puts, removals);
  }

  @Test
  void loadsAreCountedAndTimed() {
    Cache<String, Integer> cache =
        create(
            settings()
                .statisticsEnabled(true)
                .readThrough(
                    always(
                        new Loaders.Simple<String, Integer>(
                            key -> {
                              if (key.equals("bad")) {
                                throw new IllegalStateException("bad");
                              }
                              return 1;
                            }))));

    cache.get("a");
    cache.get("a");
    cache.getAll(Set.of("a", "b", "c"));
    assertThatThrownBy(() -> cache.get("bad")).isInstanceOf(CacheLoaderException.class);

    assertThat(figures(cache).getLoads()).isEqualTo(3);
    assertThat(figures(cache).getLoadFailures()).isEqualTo(1);
    assertThat(figures(cache).getAverageLoadTime()).isPositive();
    statistics(cache).clear();
    assertThat(figures(cache).getLoads()).isZero();
    assertThat(figures(cache).getAverageLoadTime()).isZero();
    assertThat(figures(cache).getEvictions()).isZero();
  }

  @TestFactory
  Stream<DynamicTest> callsCount() {
    Map<String, Map.Entry<Consumer<Cache<String, Integer>>, List<Long>>> table =
        new LinkedHashMap<>();
    table.put("get, hit", Map.entry(c -> c.get("key"), counts(1, 0, 0, 0)));
    table.put("get, miss", Map.entry(c -> c.get("no"), counts(0, 1, 0, 0)));
    table.put("getAll", Map.entry(c -> c.getAll(Set.of("key", "no", "n")), counts(1, 2, 0, 0)));
    table.put("containsKey", Map.entry(c -> c.containsKey("key"), counts(0, 0, 0, 0)));
    table.put("put", Map.entry(c -> c.put("key", 2), counts(0, 0, 1, 0)));
    table.put("putAll", Map.entry(c -> c.putAll(Map.of("key", 2, "no", 2)), counts(0, 0, 2, 0)));
    table.put("getAndPut, hit", Map.entry(c -> c.getAndPut("key", 2), counts(1, 0, 1, 0)));
    table.put("getAndPut, miss", Map.entry(c -> c.getAndPut("no", 2), counts(0, 1, 1, 0)));
    table.put("putIfAbsent, hit", Map.entry(c -> c.putIfAbsent("key", 2), counts(1, 0, 0, 0)));
    table.put("putIfAbsent, miss", Map.entry(c -> c.putIfAbsent("no", 2), counts(0, 1, 1, 0)));
    table.put("replace, hit", Map.entry(c -> c.replace("key", 2), counts(1, 0, 1, 0)));
    table.put("replace, miss", Map.entry(c -> c.replace("no", 2), counts(0, 1, 0, 0)));
    table.put("replace expected", Map.entry(c -> c.replace("key", 1, 2), counts(1, 0, 1, 0)));
    table.put("replace other", Map.entry(c -> c.replace("key", 7, 2), counts(1, 0, 0, 0)));
    table.put("replace absent", Map.entry(c -> c.replace("no", 7, 2), counts(0, 1, 0, 0)));
    table.put("getAndReplace, hit", Map.entry(c -> c.getAndReplace("key", 2), counts(1, 0, 1, 0)));
    table.put("getAndReplace, miss", Map.entry(c -> c.getAndReplace("no", 2), counts(0, 1, 0, 0)));
    table.put("remove", Map.entry(c -> c.remove("key"), counts(0, 0, 0, 1)));
    table.put("remove absent", Map.entry(c -> c.remove("no"), counts(0, 0, 0, 0)));
    table.put("remove expected", Map.entry(c -> c.remove("key", 1), counts(1, 0, 0, 1)));
    table.put("remove other", Map.entry(c -> c.remove("key", 7), counts(1, 0, 0, 0)));
    table.put("remove other absent", Map.entry(c -> c.remove("no", 7), counts(0, 1, 0, 0)));
    table.put("getAndRemove, hit", Map.entry(c -> c.getAndRemove("key"), counts(1, 0, 0, 1)));
    table.put("getAndRemove, miss", Map.entry(c -> c.getAndRemove("no"), counts(0, 1, 0, 0)));
    table.put("removeAll", Map.entry(Cache::removeAll, counts(0, 0, 0, 1)));
    table.put(
        "removeAll keys", Map.entry(c -> c.removeAll(Set.of("key", "no")), counts(0, 0, 0, 1)));
    table.put("clear", Map.entry(Cache::clear, counts(0, 0, 0, 0)));
    return table.entrySet().stream()
        .map(
            row ->
                dynamicTest(
                    row.getKey(),
                    () -> {
                      Cache<String, Integer> cache = counted();
                      cache.put("key", 1);
                      statistics(cache).clear();
                      row.getValue().getKey().accept(cache);
                      assertThat(counts(cache)).isEqualTo(row.getValue().getValue());
                    }));
  }

  @Test
  void getsAndPercentagesFollowFromHitsAndMisses() {
    Cache<String, Integer> cache = counted();
    cache.put("key", 1);
    cache.get("key");
    cache.get("key");
    cache.get("key");
    cache.get("no");
    assertThat(statistics(cache).getCacheGets()).isEqualTo(4);
    assertThat(statistics(cache).getCacheHitPercentage()).isEqualTo(75f);
    assertThat(statistics(cache).getCacheMissPercentage()).isEqualTo(25f);
  }

  @Test
  void nothingIsZeroAndNotUndefined() {
    CacheStatisticsMXBean bean = statistics(counted());
    assertThat(bean.getCacheHitPercentage()).isZero();
    assertThat(bean.getCacheMissPercentage()).isZero();
    assertThat(bean.getAverageGetTime()).isZero();
    assertThat(bean.getAveragePutTime()).isZero();
    assertThat(bean.getAverageRemoveTime()).isZero();
    assertThat(bean.getCacheEvictions()).isZero();
  }

  @Test
  void timesArePositiveMicroseconds() {
    Cache<String, Integer> cache = counted();
    cache.put("key", 1);
    cache.get("key");
    cache.remove("key");
    CacheStatisticsMXBean bean = statistics(cache);
    float longest = (float) TimeUnit.SECONDS.toMicros(60);
    assertThat(bean.getAveragePutTime()).isPositive().isLessThan(longest);
    assertThat(bean.getAverageGetTime()).isPositive().isLessThan(longest);
    assertThat(bean.getAverageRemoveTime()).isPositive().isLessThan(longest);
  }

  @Test
  void loadingIsNotPartOfTheTimeOfAGet() {
    long loadMillis = 200;
    Cache<String, Integer> cache =
        create(
            settings()
                .statisticsEnabled(true)
                .readThrough(
                    always(
                        new Loaders.Simple<String, Integer>(
                            key -> {
                              takeTime(loadMillis);
                              return 1;
                            }))));
    cache.get("key");
    assertThat(statistics(cache).getAverageGetTime())
        .isLessThan((float) TimeUnit.MILLISECONDS.toMicros(loadMillis));
  }

  /** Works for a while, as a slow source would; nothing depends on how long exactly. */
  private static void takeTime(long millis) {
    try {
      assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void clearSetsAllToZero() {
    Cache<String, Integer> cache = counted();
    cache.put("key", 1);
    cache.get("key");
    cache.get("no");
    cache.remove("key");
    statistics(cache).clear();
    assertThat(counts(cache)).isEqualTo(counts(0, 0, 0, 0));
    assertThat(statistics(cache).getAverageGetTime()).isZero();
  }

  @Test
  void nothingCountsWhileDisabled() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    manager.enableStatistics(cache.getName(), true);
    cache.get("key");
    manager.enableStatistics(cache.getName(), false);
    cache.get("key");
    manager.enableStatistics(cache.getName(), true);
    assertThat(counts(cache)).isEqualTo(counts(1, 0, 0, 0));
  }

  @Test
  void nothingIsLostUnderThreads() throws Exception {
    Cache<String, Integer> cache = counted();
    Threads.race(
        8,
        i -> {
          for (int round = 0; round < 500; round++) {
            cache.put("key" + i, round);
            cache.get("key" + i);
            cache.get("no");
            cache.remove("key" + i);
          }
          return "";
        });
    assertThat(counts(cache)).isEqualTo(counts(4000, 4000, 4000, 4000));
  }

  @Test
  void bulkLoadCountsMissesAndNoPuts() {
    Cache<String, Integer> cache =
        create(settings().statisticsEnabled(true).readThrough(always(new Loaders.Counting())));
    cache.getAll(Set.of("a", "b"));
    cache.get("c");
    cache.get("c");
    assertThat(counts(cache)).isEqualTo(counts(1, 3, 0, 0));
  }
}
