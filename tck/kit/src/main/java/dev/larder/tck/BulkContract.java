package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.larder.tck.RecordingListener.Seen;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.Test;

/** Calls with many keys: which collections they take, and how clear differs from removeAll. */
public abstract class BulkContract extends CacheContract {

  /** Tests this backend. */
  protected BulkContract(Subject subject) {
    super(subject);
  }

  // ---- collections ----------------------------------------------------------------------------

  @Test
  void immutableCollectionsAreTaken() throws Exception {
    Cache<String, Integer> cache =
        create(settings().readThrough(always(new Loaders.Simple<>(String::length))));
    cache.putAll(Map.of("a", 1, "b", 2));
    assertThat(cache.getAll(Set.of("a", "three"))).isEqualTo(Map.of("a", 1, "three", 5));
    assertThat(cache.invokeAll(Set.of("a"), (entry, arguments) -> entry.getValue()))
        .containsOnlyKeys("a");
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("four"), true, done);
    done.get(Threads.SECONDS, TimeUnit.SECONDS);
    cache.removeAll(Set.of("a", "b"));
    assertThat(cache.containsKey("a")).isFalse();
    assertThat(cache.containsKey("four")).isTrue();
  }

  @Test
  void collectionsWithAnOrderOfTheirOwnAreTaken() {
    Cache<String, Integer> cache = create(settings());
    Map<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.put("a", 1);
    map.put("b", 2);
    cache.putAll(map);
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    keys.add("A");
    keys.add("b");
    assertThat(cache.getAll(keys)).isEqualTo(Map.of("b", 2));
    cache.removeAll(keys);
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void emptyCollectionsDoNothing() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache = create(settings().listener(synchronous(listener)));
    cache.put("key", 1);
    cache.putAll(Map.of());
    cache.removeAll(Set.of());
    assertThat(cache.getAll(Set.of())).isEmpty();
    assertThat(cache.invokeAll(Set.of(), (entry, arguments) -> "")).isEmpty();
    assertThat(cache.get("key")).isEqualTo(1);
    assertThat(listener.events()).hasSize(1);
  }

  @Test
  void collectionsStayAsTheyWere() {
    Cache<String, Integer> cache = create(settings());
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
    cache.putAll(map);
    assertThat(map).isEqualTo(Map.of("a", 1, "b", 2));
    Set<String> keys = new TreeSet<>(map.keySet());
    cache.getAll(keys);
    cache.removeAll(keys);
    assertThat(keys).containsExactly("a", "b");
  }

  @Test
  void returnedMapIsTheCallersOwn() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    Map<String, Integer> found = cache.getAll(Set.of("a"));
    assertThatCode(
            () -> {
              found.put("b", 2);
              found.remove("a");
            })
        .doesNotThrowAnyException();
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void manyEntriesAtOnceAllArrive() {
    Cache<Integer, Integer> cache = create(settings(Integer.class, Integer.class));
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      map.put(i, -i);
    }
    cache.putAll(map);
    assertThat(cache.getAll(map.keySet())).isEqualTo(map);
    cache.removeAll(map.keySet());
    assertThat(cache.getAll(map.keySet())).isEmpty();
  }

  @Test
  void keysWithOneHashAreKeptApart() {
    Cache<String, Integer> cache = create(settings());
    cache.putAll(Map.of("AaAa", 1, "BBBB", 2, "AaBB", 3, "BBAa", 4));
    cache.remove("AaAa");
    assertThat(cache.getAll(Set.of("AaAa", "BBBB", "AaBB", "BBAa")))
        .isEqualTo(Map.of("BBBB", 2, "AaBB", 3, "BBAa", 4));
  }

  @Test
  void invokeAllRunsOncePerKey() {
    Cache<String, Integer> cache = create(settings());
    cache.put("a", 1);
    Map<String, EntryProcessorResult<Integer>> results =
        cache.invokeAll(
            Set.of("a", "b"),
            (entry, arguments) -> {
              int next = entry.exists() ? entry.getValue() + 1 : 10;
              entry.setValue(next);
              return next;
            });
    assertThat(requireNonNull(results.get("a")).get()).isEqualTo(2);
    assertThat(requireNonNull(results.get("b")).get()).isEqualTo(10);
    assertThat(requireNonNull(results.get("b")).get()).as("asked again").isEqualTo(10);
  }

  // ---- clear and removeAll --------------------------------------------------------------------

  @Test
  void removeAllTellsListenersWriterAndStatistics() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache =
        create(
            settings()
                .statisticsEnabled(true)
                .writeThrough(always(writer))
                .listener(synchronous(listener)));
    cache.put("key", 1);
    cache.removeAll();
    assertThat(listener.events()).containsExactly(Seen.created("key", 1), Seen.removed("key", 1));
    assertThat(writer.calls()).containsExactly("write key=1", "deleteAll key");
    assertThat(statistics(cache).getCacheRemovals()).isEqualTo(1);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void clearTellsNobody() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache =
        create(
            settings()
                .statisticsEnabled(true)
                .writeThrough(always(writer))
                .listener(synchronous(listener)));
    cache.put("key", 1);
    cache.clear();
    assertThat(listener.events()).containsExactly(Seen.created("key", 1));
    assertThat(writer.calls()).containsExactly("write key=1");
    assertThat(statistics(cache).getCacheRemovals()).isZero();
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void clearOfOneCacheLeavesTheOthersAlone() {
    for (String name : new String[] {"a", "a*", "a?", "[a]", "a:b", "a.b", "{a}"}) {
      manager.createCache(name, settings().build()).put("key", 1);
    }
    manager.getCache("a*", String.class, Integer.class).clear();
    manager.getCache("[a]", String.class, Integer.class).removeAll();
    for (String name : new String[] {"a", "a?", "a:b", "a.b", "{a}"}) {
      assertThat(manager.getCache(name, String.class, Integer.class).get("key")).isEqualTo(1);
    }
  }
}
