package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.Eviction;
import dev.larder.EvictionControl;
import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bounded caches on servers: that the bound holds, who goes, and what heals. */
public abstract class RemoteBoundContract extends CacheContract {
  private static final List<Eviction> OF_SERVERS =
      List.of(Eviction.LRU, Eviction.LFU, Eviction.FIFO);

  /** Tests this backend. */
  protected RemoteBoundContract(Subject subject) {
    super(subject);
  }

  private Cache<String, Integer> bounded(long maxEntries, Eviction policy) {
    return create(settings().maxEntries(maxEntries).evictionPolicy(policy));
  }

  private static void put(Cache<String, Integer> cache, String... keys) {
    for (String key : keys) {
      cache.put(key, 1);
    }
  }

  private static void get(Cache<String, Integer> cache, String... keys) {
    for (String key : keys) {
      assertThat(cache.get(key)).as(key).isNotNull();
    }
  }

  private static Set<String> keys(Cache<String, Integer> cache) {
    Set<String> keys = new TreeSet<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static void assertKeys(Cache<String, Integer> cache, String... keys) {
    assertThat(keys(cache)).containsExactlyInAnyOrder(keys);
  }

  @SuppressWarnings("unchecked") // the cache's keys are strings
  private static EvictionControl<String> control(Cache<String, Integer> cache) {
    return cache.unwrap(EvictionControl.class);
  }

  // ---- the bound ------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> theBoundHoldsUnderEveryPolicy() {
    return Stream.of(Eviction.values())
        .map(
            policy ->
                dynamicTest(
                    policy.toString(),
                    () -> {
                      Cache<String, Integer> cache = bounded(10, policy);
                      IntStream.range(0, 50).forEach(i -> cache.put("key" + i, i));
                      assertThat(keys(cache)).hasSize(10);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theBoundHoldsWhateverStores() {
    EntryProcessor<String, Integer, Void> setting =
        (entry, arguments) -> {
          entry.setValue(1);
          return null;
        };
    Map<String, Consumer<Cache<String, Integer>>> calls = new LinkedHashMap<>();
    calls.put("put", cache -> cache.put("d", 1));
    calls.put("getAndPut", cache -> cache.getAndPut("d", 1));
    calls.put("putIfAbsent", cache -> cache.putIfAbsent("d", 1));
    calls.put("putAll", cache -> cache.putAll(Map.of("c", 1, "d", 1)));
    calls.put("invoke", cache -> cache.invoke("d", setting));
    calls.put("invokeAll", cache -> cache.invokeAll(Set.of("c", "d"), setting));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      Cache<String, Integer> cache = bounded(3, Eviction.LRU);
                      put(cache, "a", "b", "c");
                      call.getValue().accept(cache);
                      assertKeys(cache, "b", "c", "d");
                    }));
  }

  @Test
  void theBoundHoldsAmongThreads() throws Exception {
    Cache<String, Integer> cache = bounded(20, Eviction.LRU);
    Threads.race(
        4,
        number -> {
          IntStream.range(0, 50).forEach(i -> cache.put(number + "-" + i, i));
          return number;
        });
    assertThat(keys(cache)).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void withoutPolicyTheBoundHoldsToo() {
    Cache<String, Integer> cache = create(settings().maxEntries(3));
    put(cache, "a", "b", "c", "d", "e");
    assertThat(keys(cache)).hasSize(3);
  }

  @Test
  void weightIsRefused() {
    assertThatThrownBy(() -> create(settings().maxWeight(10, (key, value) -> 1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("maxWeight");
  }

  // ---- who goes -------------------------------------------------------------------------------

  @Test
  void lruEvictsWhatWasNotUsedForLongest() {
    Cache<String, Integer> cache = bounded(3, Eviction.LRU);
    put(cache, "a", "b", "c");
    get(cache, "a");
    put(cache, "d");
    assertKeys(cache, "a", "c", "d");
    cache.replace("c", 2);
    put(cache, "e");
    assertKeys(cache, "c", "d", "e");
    cache.getAll(Set.of("c", "d"));
    put(cache, "f");
    assertKeys(cache, "c", "d", "f");
  }

  @Test
  void lfuEvictsWhatWasUsedLeast() {
    Cache<String, Integer> cache = bounded(3, Eviction.LFU);
    put(cache, "a", "b", "c");
    get(cache, "a", "a", "b");
    put(cache, "d");
    assertKeys(cache, "a", "b", "d");
    put(cache, "e");
    assertKeys(cache, "a", "b", "e");
  }

  @Test
  void fifoEvictsWhatCameFirst() {
    Cache<String, Integer> cache = bounded(3, Eviction.FIFO);
    put(cache, "a", "b", "c", "a");
    get(cache, "a");
    put(cache, "d");
    assertKeys(cache, "b", "c", "d");
  }

  @Test
  void lookingIsNoUse() {
    Cache<String, Integer> cache = bounded(3, Eviction.LRU);
    put(cache, "a", "b", "c");
    assertThat(keys(cache)).hasSize(3);
    assertThat(cache.containsKey("a")).isTrue();
    put(cache, "d");
    assertKeys(cache, "b", "c", "d");
  }

  @Test
  void aPolicyOfTheUsersDecides() {
    Cache<String, Integer> cache =
        create(settings().maxEntries(3).evictionPolicy(SmallestFirst::new));
    put(cache, "c", "a", "d", "b");
    assertKeys(cache, "b", "c", "d");
    cache.remove("b");
    put(cache, "a", "e");
    assertKeys(cache, "c", "d", "e");
  }

  @Test
  void whatAFailingPolicyCannotSayTheOrderOfInsertionDoes() {
    Cache<String, Integer> cache = create(settings().maxEntries(2).evictionPolicy(Failing::new));
    put(cache, "a", "b", "c");
    assertKeys(cache, "b", "c");
  }

  // ---- what heals -----------------------------------------------------------------------------

  @Test
  void whatIsRemovedMakesRoom() {
    Cache<String, Integer> cache = bounded(3, Eviction.LRU);
    put(cache, "a", "b", "c");
    cache.remove("b");
    put(cache, "d");
    assertKeys(cache, "a", "c", "d");
    cache.getAndRemove("a");
    cache.removeAll(Set.of("c"));
    put(cache, "e", "f");
    assertKeys(cache, "d", "e", "f");
    cache.remove("d", 1);
    put(cache, "g");
    assertKeys(cache, "e", "f", "g");
  }

  @Test
  void whatOthersDeleteMakesRoom() {
    Cache<String, Integer> cache = bounded(3, Eviction.LRU);
    put(cache, "a", "b", "c");
    try (CacheManager stranger = stranger()) {
      stranger.createCache(cache.getName(), settings().build()).remove("b");
    }
    assertThat(cache.get("b")).isNull();
    put(cache, "d");
    assertKeys(cache, "a", "c", "d");
  }

  @Test
  void whatOthersStoreCountsOnceItIsUsed() {
    Cache<String, Integer> cache = bounded(2, Eviction.LRU);
    put(cache, "a");
    try (CacheManager stranger = stranger()) {
      stranger.createCache(cache.getName(), settings().build()).putAll(Map.of("x", 1, "y", 1));
    }
    get(cache, "x", "y");
    put(cache, "b");
    assertKeys(cache, "b", "y");
  }

  @Test
  void whatExpiresMakesRoomAndIsNotEvicted() {
    Cache<String, Integer> cache =
        create(
            settings()
                .maxEntries(3)
                .evictionPolicy(Eviction.LRU)
                .statisticsEnabled(true)
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL)));
    put(cache, "a", "b");
    elapse(TTL.plus(HALF));
    put(cache, "c", "d", "e");
    assertKeys(cache, "c", "d", "e");
    assertThat(statistics(cache).getCacheEvictions()).isZero();
  }

  @Test
  void anEmptiedCacheIsBoundedAnew() {
    for (Eviction policy : OF_SERVERS) {
      Cache<String, Integer> cache = bounded(2, policy);
      put(cache, "a", "b", "c");
      cache.clear();
      assertThat(keys(cache)).isEmpty();
      put(cache, "d", "e", "f");
      assertKeys(cache, "e", "f");
      cache.removeAll();
      assertThat(keys(cache)).isEmpty();
      put(cache, "g", "h", "i");
      assertKeys(cache, "h", "i");
    }
  }

  @Test
  void evictionsAreCountedAndNobodyElseIsTold() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache =
        create(
            settings()
                .maxEntries(3)
                .evictionPolicy(Eviction.LRU)
                .statisticsEnabled(true)
                .listener(synchronous(listener))
                .writeThrough(always(writer)));
    put(cache, "a", "b", "c", "d", "e");
    assertThat(statistics(cache).getCacheEvictions()).isEqualTo(2);
    assertThat(statistics(cache).getCacheRemovals()).isZero();
    assertThat(listener.events()).hasSize(5).allMatch(seen -> seen.type() == EventType.CREATED);
    assertThat(writer.calls()).noneMatch(call -> call.startsWith("delete"));
  }

  // ---- several clients, and changes in use ----------------------------------------------------

  @Test
  void clientsShareOneBoundAndOneOrder() {
    needs(Capability.SHARED_BOUNDS);
    Cache<String, Integer> here = bounded(3, Eviction.LRU);
    try (CacheManager other = stranger()) {
      Cache<String, Integer> there =
          other.createCache(
              here.getName(), settings().maxEntries(3).evictionPolicy(Eviction.LRU).build());
      put(here, "a", "b");
      put(there, "c");
      get(there, "a");
      put(there, "d");
      assertKeys(here, "a", "c", "d");
      put(here, "e", "f", "g");
      assertKeys(there, "e", "f", "g");
    }
  }

  @Test
  void whatOneClientSetsCountsForAll() {
    needs(Capability.SHARED_BOUNDS);
    Cache<String, Integer> here = bounded(5, Eviction.LRU);
    put(here, "a", "b", "c");
    try (CacheManager other = stranger()) {
      Cache<String, Integer> there =
          other.createCache(
              here.getName(), settings().maxEntries(2).evictionPolicy(Eviction.FIFO).build());
      assertKeys(here, "b", "c");
      get(here, "b");
      put(here, "d");
      assertKeys(there, "c", "d");
    }
  }

  @Test
  void aSmallerBoundKeepsWhatFits() {
    for (Eviction policy : OF_SERVERS) {
      Cache<String, Integer> cache = bounded(10, policy);
      put(cache, "a", "b", "c", "d", "e");
      control(cache).setMaxEntries(2);
      assertKeys(cache, "d", "e");
      control(cache).setMaxEntries(3);
      put(cache, "f", "g");
      assertKeys(cache, "e", "f", "g");
      assertThat(configuration(cache).maxEntries()).isEqualTo(3);
    }
  }

  @Test
  void anotherPolicyTakesTheOrderOver() {
    for (Eviction before : OF_SERVERS) {
      for (Eviction after : OF_SERVERS) {
        Cache<String, Integer> cache = bounded(4, before);
        put(cache, "a", "b", "c", "d");
        control(cache).setPolicy(after);
        assertKeys(cache, "a", "b", "c", "d");
        put(cache, "e");
        assertKeys(cache, "b", "c", "d", "e");
        get(cache, "b");
        put(cache, "f");
        String goes = after == Eviction.FIFO ? "b" : "c";
        assertThat(keys(cache)).as(before + " to " + after).hasSize(4).doesNotContain(goes);
      }
    }
  }

  @Test
  void aCacheWithoutBoundDoesNotGetOne() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> control(cache).setMaxEntries(5))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("maxEntries");
  }

  @SuppressWarnings("unchecked") // it is Larder's
  private static LarderConfiguration<String, Integer> configuration(Cache<String, Integer> cache) {
    return cache.getConfiguration(LarderConfiguration.class);
  }

  /** Opens a manager on the same server with connections of its own. */
  private CacheManager stranger() {
    return new LarderCachingProvider().getCacheManager(subject.uri(), getClass().getClassLoader());
  }

  /** Evicts the smallest key. */
  private static final class SmallestFirst implements EvictionPolicy<Object> {
    private final TreeSet<String> keys = new TreeSet<>();

    @Override
    public void onInsert(Object key, long weight) {
      keys.add((String) key);
    }

    @Override
    public void onRead(Object key) {}

    @Override
    public void onRemove(Object key) {
      keys.remove(key);
    }

    @Override
    public @Nullable Object victim() {
      return keys.isEmpty() ? null : keys.first();
    }
  }

  /** Fails. */
  private static final class Failing implements EvictionPolicy<Object> {
    @Override
    public void onInsert(Object key, long weight) {
      throw new IllegalStateException("a policy that fails");
    }

    @Override
    public void onRead(Object key) {}

    @Override
    public void onRemove(Object key) {}

    @Override
    public @Nullable Object victim() {
      return new ArrayList<>();
    }
  }
}
