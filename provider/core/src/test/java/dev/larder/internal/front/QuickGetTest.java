package dev.larder.internal.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.operation.Put;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a get that has nothing to ask: when it is open, and when it is not. */
class QuickGetTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager();

  @AfterEach
  void close() {
    provider.close();
  }

  private Cache<Integer, Integer> create(boolean statistics) {
    return manager.createCache(
        "quick",
        LarderConfiguration.builder(Integer.class, Integer.class)
            .statisticsEnabled(statistics)
            .build());
  }

  private static long hits(Cache<Integer, Integer> cache) {
    return ((LarderCache<Integer, Integer>) cache).assembly().statistics().hits();
  }

  @Test
  void countsFromTheMomentThatStatisticsAreOn() {
    Cache<Integer, Integer> cache = create(false);
    cache.put(1, 1);
    assertThat(cache.get(1)).isEqualTo(1);
    manager.enableStatistics("quick", true);
    assertThat(cache.get(1)).isEqualTo(1);
    assertThat(hits(cache)).isEqualTo(1);
    manager.enableStatistics("quick", false);
    assertThat(cache.get(1)).isEqualTo(1);

    assertThat(hits(cache)).isEqualTo(1);
  }

  @Test
  void keyOfAnotherTypeIsRefusedThoughItsEqualWasFound() {
    Cache<Integer, Integer> cache = create(false);
    cache.put(1, 1);
    @SuppressWarnings({"unchecked", "rawtypes"})
    Cache<Object, Integer> raw = (Cache) cache;

    assertThatThrownBy(() -> raw.get(1L)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> cache.get(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void closedCacheIsNotRead() {
    Cache<Integer, Integer> cache = create(false);
    cache.put(1, 1);
    assertThat(cache.get(1)).isEqualTo(1);
    Engine<Integer, Integer> engine = ((LarderCache<Integer, Integer>) cache).assembly().engine();
    cache.close();
    engine.execute(1, Put.put(1)); // as a call that was under way may

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(IllegalStateException.class);
  }
}
