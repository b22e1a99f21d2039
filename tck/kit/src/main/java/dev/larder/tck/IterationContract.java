package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tck.RecordingListener.Seen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/** Iterators: what they walk over while the cache changes, and removal through them. */
public abstract class IterationContract extends CacheContract {

  /** Tests this backend. */
  protected IterationContract(Subject subject) {
    super(subject);
  }

  private static Map<String, Integer> contents(Cache<String, Integer> cache) {
    Map<String, Integer> contents = new HashMap<>();
    cache.forEach(entry -> assertThat(contents.put(entry.getKey(), entry.getValue())).isNull());
    return contents;
  }

  @Test
  void eachEntryComesOnce() {
    Cache<String, Integer> cache = create(settings());
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      map.put("key" + i, i);
    }
    cache.putAll(map);
    assertThat(contents(cache)).isEqualTo(map);
    assertThat(StreamSupport.stream(cache.spliterator(), false)).hasSize(1000);
  }

  @Test
  void emptyCacheHasNoNext() {
    Iterator<Cache.Entry<String, Integer>> iterator = create(settings()).iterator();
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void nextWorksWithoutHasNext() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    cache.put("b", 2);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    Set<String> keys = new HashSet<>();
    keys.add(iterator.next().getKey());
    keys.add(iterator.next().getKey());
    assertThat(keys).containsExactlyInAnyOrder("a", "b");
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void removeNeedsANextEachTime() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    cache.put("b", 2);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    String removed = iterator.next().getKey();
    iterator.remove();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    assertThat(contents(cache)).doesNotContainKey(removed).hasSize(1);
  }

  @Test
  void removeAfterHasNextTakesTheEntryThatWasSeen() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    cache.put("b", 2);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    String seen = iterator.next().getKey();
    assertThat(iterator.hasNext()).isTrue();
    iterator.remove();
    assertThat(cache.containsKey(seen)).isFalse();
    assertThat(iterator.next().getKey()).isNotEqualTo(seen);
  }

  @Test
  void removeIsWrittenThroughReportedAndCounted() {
    Writers.Recording writer = new Writers.Recording();
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .writeThrough(always(writer))
                .statisticsEnabled(true)
                .listener(synchronous(listener)));
    cache.put("key", 1);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    iterator.next();
    iterator.remove();
    assertThat(writer.calls()).containsExactly("write key=1", "delete key");
    assertThat(listener.events()).containsExactly(Seen.created("key", 1), Seen.removed("key", 1));
    assertThat(statistics(cache).getCacheHits()).isEqualTo(1);
    assertThat(statistics(cache).getCacheRemovals()).isEqualTo(1);
    assertThat(statistics(cache).getCacheMisses()).isZero();
  }

  @Test
  void failedRemoveKeepsTheEntry() {
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache = create(settings().writeThrough(always(writer)));
    cache.put("key", 1);
    writer.failing.add("key");
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    iterator.next();
    assertThatThrownBy(iterator::remove).isInstanceOf(CacheWriterException.class);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void eachNextCountsAsAHitAndHasNextAsNothing() {
    Cache<String, Integer> cache = create(settings().statisticsEnabled(true));
    cache.put("a", 1);
    cache.put("b", 2);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    iterator.next();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(statistics(cache).getCacheHits()).isEqualTo(1);
  }

  @Test
  void iterationLoadsNothing() {
    Loaders.Counting loader = new Loaders.Counting();
    Cache<String, Integer> cache = create(settings().readThrough(always(loader)));
    cache.put("key", 1);
    assertThat(contents(cache)).hasSize(1);
    assertThat(loader.values).hasValue(0);
  }

  @Test
  void entryIsASnapshot() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    Cache.Entry<String, Integer> entry = cache.iterator().next();
    cache.put("key", 2);
    assertThat(entry.getValue()).isEqualTo(1);
    cache.remove("key");
    assertThat(entry.getKey()).isEqualTo("key");
  }

  @Test
  void entriesThatStayAreSeenWhileOthersComeAndGo() throws Exception {
    Cache<String, Integer> cache = create(settings());
    for (int i = 0; i < 100; i++) {
      cache.put("fixed" + i, i);
    }
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    try (Threads threads = new Threads()) {
      Future<Integer> churn =
          threads.start(
              () -> {
                int rounds = 0;
                while (!done.get()) {
                  cache.put("moving" + rounds % 500, rounds);
                  cache.remove("moving" + (rounds + 250) % 500);
                  rounds++;
                  started.countDown();
                }
                return rounds;
              });
      Threads.await(started);
      for (int round = 0; round < 50; round++) {
        Set<String> seen = new HashSet<>();
        cache.forEach(entry -> seen.add(entry.getKey()));
        assertThat(seen.stream().filter(key -> key.startsWith("fixed"))).hasSize(100);
      }
      done.set(true);
      assertThat(Threads.result(churn)).isPositive();
    }
  }

  @Test
  void iteratorOfAClosedCacheRemovesNothing() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    Iterator<Cache.Entry<String, Integer>> iterator = cache.iterator();
    iterator.next();
    cache.close();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }
}
