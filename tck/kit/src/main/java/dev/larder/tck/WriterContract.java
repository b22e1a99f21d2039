package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.tck.RecordingListener.Seen;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Cache writers: they hear of every change once and before it happens, and what they refuse does
 * not happen.
 */
public abstract class WriterContract extends CacheContract {

  /** Tests this backend. */
  protected WriterContract(Subject subject) {
    super(subject);
  }

  private final Writers.Recording writer = new Writers.Recording();

  private Cache<String, Integer> writeThrough() {
    return create(settings().writeThrough(always(writer)));
  }

  private List<String> callsAfterFirst() {
    return writer.calls().subList(1, writer.calls().size());
  }

  // ---- what is written ------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> presentEntryIsWrittenThroughBy() {
    Map<String, Map.Entry<Consumer<Cache<String, Integer>>, List<String>>> table =
        new LinkedHashMap<>();
    List<String> write = List.of("write key=2");
    List<String> delete = List.of("delete key");
    List<String> nothing = List.of();
    table.put("put", Map.entry(cache -> cache.put("key", 2), write));
    table.put("getAndPut", Map.entry(cache -> cache.getAndPut("key", 2), write));
    table.put(
        "putAll", Map.entry(cache -> cache.putAll(Map.of("key", 2)), List.of("writeAll key=2")));
    table.put("putIfAbsent", Map.entry(cache -> cache.putIfAbsent("key", 2), nothing));
    table.put("replace", Map.entry(cache -> cache.replace("key", 2), write));
    table.put("replace expected", Map.entry(cache -> cache.replace("key", 1, 2), write));
    table.put("replace other", Map.entry(cache -> cache.replace("key", 7, 2), nothing));
    table.put("getAndReplace", Map.entry(cache -> cache.getAndReplace("key", 2), write));
    table.put("replace of absent", Map.entry(cache -> cache.replace("absent", 2), nothing));
    table.put("remove", Map.entry(cache -> cache.remove("key"), delete));
    table.put("remove of absent", Map.entry(c -> c.remove("absent"), List.of("delete absent")));
    table.put("remove expected", Map.entry(cache -> cache.remove("key", 1), delete));
    table.put("remove other", Map.entry(cache -> cache.remove("key", 7), nothing));
    table.put("getAndRemove", Map.entry(cache -> cache.getAndRemove("key"), delete));
    table.put(
        "removeAll keys",
        Map.entry(
            cache -> cache.removeAll(Set.of("key", "absent")), List.of("deleteAll absent key")));
    table.put("removeAll", Map.entry(Cache::removeAll, List.of("deleteAll key")));
    table.put("clear", Map.entry(Cache::clear, nothing));
    table.put("get", Map.entry(cache -> cache.get("key"), nothing));
    table.put("close", Map.entry(Cache::close, nothing));
    return table.entrySet().stream()
        .map(
            row ->
                dynamicTest(
                    row.getKey(),
                    () -> {
                      Writers.Recording own = new Writers.Recording();
                      Cache<String, Integer> cache = create(settings().writeThrough(always(own)));
                      cache.put("key", 1);
                      row.getValue().getKey().accept(cache);
                      List<String> calls = new ArrayList<>(List.of("write key=1"));
                      calls.addAll(row.getValue().getValue());
                      assertThat(own.calls()).isEqualTo(calls);
                    }));
  }

  @Test
  void putAllWritesOnce() {
    writeThrough().putAll(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(writer.calls()).containsExactly("writeAll a=1 b=2 c=3");
  }

  @Test
  void removeAllDeletesOnce() {
    Cache<String, Integer> cache = writeThrough();
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.removeAll();
    assertThat(callsAfterFirst()).containsExactly("deleteAll a b");
  }

  @Test
  void emptyCallsDoNotReachTheWriter() {
    Cache<String, Integer> cache = writeThrough();
    cache.putAll(Map.of());
    cache.removeAll(Set.of());
    cache.removeAll();
    assertThat(writer.calls()).isEmpty();
  }

  @Test
  void writerWithoutWriteThroughIsNotCalled() {
    Cache<String, Integer> cache =
        create(
            new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setCacheWriterFactory(always(writer)));
    cache.put("key", 1);
    cache.remove("key");
    assertThat(writer.calls()).isEmpty();
  }

  // ---- failures -------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> refusedChangeDoesNotHappen() {
    Map<String, Consumer<Cache<String, Integer>>> calls = new LinkedHashMap<>();
    calls.put("put", cache -> cache.put("key", 2));
    calls.put("getAndPut", cache -> cache.getAndPut("key", 2));
    calls.put("putAll", cache -> cache.putAll(Map.of("key", 2)));
    calls.put("replace", cache -> cache.replace("key", 2));
    calls.put("replace expected", cache -> cache.replace("key", 1, 2));
    calls.put("getAndReplace", cache -> cache.getAndReplace("key", 2));
    calls.put("remove", cache -> cache.remove("key"));
    calls.put("remove expected", cache -> cache.remove("key", 1));
    calls.put("getAndRemove", cache -> cache.getAndRemove("key"));
    calls.put("removeAll keys", cache -> cache.removeAll(Set.of("key")));
    calls.put("removeAll", Cache::removeAll);
    calls.put("putIfAbsent", cache -> cache.putIfAbsent("absent", 2));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      Writers.Recording own = new Writers.Recording();
                      RecordingListener<String, Integer> listener = new RecordingListener<>();
                      Cache<String, Integer> cache =
                          create(
                              settings()
                                  .writeThrough(always(own))
                                  .statisticsEnabled(true)
                                  .listener(synchronous(listener)));
                      cache.put("key", 1);
                      own.failing.addAll(Set.of("key", "absent"));
                      assertThatThrownBy(() -> call.getValue().accept(cache))
                          .isInstanceOf(CacheWriterException.class)
                          .hasRootCauseMessage("a writer that fails");
                      assertThat(cache.getAll(Set.of("key", "absent"))).isEqualTo(Map.of("key", 1));
                      assertThat(listener.events()).containsExactly(Seen.created("key", 1));
                      assertThat(statistics(cache).getCachePuts()).isEqualTo(1);
                      assertThat(statistics(cache).getCacheRemovals()).isZero();
                    }));
  }

  @Test
  void partlyFailedPutAllStoresWhatWasWritten() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(settings().writeThrough(always(writer)).listener(synchronous(listener)));
    writer.failing.add("bad");
    assertThatThrownBy(() -> cache.putAll(Map.of("good", 1, "bad", 2, "fine", 3)))
        .isInstanceOf(CacheWriterException.class);
    assertThat(cache.getAll(Set.of("good", "bad", "fine"))).isEqualTo(Map.of("good", 1, "fine", 3));
    assertThat(listener.events())
        .containsExactlyInAnyOrder(Seen.created("good", 1), Seen.created("fine", 3));
  }

  @Test
  void partlyFailedRemoveAllRemovesWhatWasDeleted() {
    Cache<String, Integer> cache = writeThrough();
    cache.putAll(Map.of("good", 1, "bad", 2, "fine", 3));
    writer.failing.add("bad");
    assertThatThrownBy(cache::removeAll).isInstanceOf(CacheWriterException.class);
    assertThat(cache.getAll(Set.of("good", "bad", "fine"))).isEqualTo(Map.of("bad", 2));
  }

  @Test
  void writersOwnExceptionIsNotWrapped() {
    CacheWriterException failure = new CacheWriterException("mine");
    Cache<String, Integer> cache =
        create(
            settings()
                .writeThrough(
                    always(
                        new Refusing() {
                          @Override
                          public void write(Cache.Entry<?, ?> entry) {
                            throw failure;
                          }
                        })));
    assertThatThrownBy(() -> cache.put("key", 1)).isSameAs(failure);
  }

  @Test
  void keyIsUsableAfterAnError() {
    List<Integer> writes = new ArrayList<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .writeThrough(
                    always(
                        new Refusing() {
                          @Override
                          public void write(Cache.Entry<?, ?> entry) {
                            writes.add(1);
                            if (writes.size() == 1) {
                              throw new StackOverflowError("an error that is no exception");
                            }
                          }
                        })));
    assertThatThrownBy(() -> cache.put("key", 1))
        .isInstanceOfAny(StackOverflowError.class, CacheWriterException.class);
    cache.put("key", 2);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  /** Refuses all but what a subclass allows. */
  private static class Refusing implements CacheWriter<Object, Object> {
    @Override
    public void write(Cache.Entry<?, ?> entry) {
      throw new AssertionError("an unexpected write");
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
      throw new AssertionError("an unexpected bulk write");
    }

    @Override
    public void delete(Object key) {
      throw new AssertionError("an unexpected delete");
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      throw new AssertionError("an unexpected bulk delete");
    }
  }

  // ---- before the change ----------------------------------------------------------------------

  @Test
  void writerIsCalledBeforeTheChangeIsSeen() {
    List<Object> seen = new ArrayList<>();
    List<Cache<String, Integer>> self = new ArrayList<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .writeThrough(
                    always(
                        new Refusing() {
                          @Override
                          public void write(Cache.Entry<?, ?> entry) {
                            seen.add(self.get(0).containsKey("key"));
                          }
                        })));
    self.add(cache);
    cache.put("key", 1);
    assertThat(seen).containsExactly(false);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void writesOfAKeyComeInTheOrderOfItsChanges() throws Exception {
    Cache<String, Integer> cache = writeThrough();
    Threads.race(
        8,
        i -> {
          for (int round = 0; round < 50; round++) {
            cache.put("key", i * 50 + round);
          }
          return "";
        });
    List<String> calls = writer.calls();
    assertThat(calls).hasSize(400);
    assertThat(calls.get(399)).isEqualTo("write key=" + cache.get("key"));
  }

  @Test
  void crossingBulkCallsDoNotHang() throws Exception {
    Cache<String, Integer> cache = writeThrough();
    Map<String, Integer> forward = new LinkedHashMap<>();
    Map<String, Integer> backward = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forward.put("key" + i, 1);
      backward.put("key" + (19 - i), 2);
    }
    Threads.race(
        8,
        i -> {
          for (int round = 0; round < 20; round++) {
            cache.putAll(i % 2 == 0 ? forward : backward);
          }
          return "";
        });
    assertThat(cache.getAll(forward.keySet())).hasSize(20);
    assertThat(writer.calls()).hasSize(160);
  }

  // ---- evil keys ------------------------------------------------------------------------------

  /** A key that can be told to fail when it is compared. */
  static final class Fragile implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int hash;
    private final boolean fails;

    Fragile(int hash, boolean fails) {
      this.hash = hash;
      this.fails = fails;
    }

    @Override
    public boolean equals(Object other) {
      if (fails) {
        throw new IllegalStateException("a key that fails");
      }
      return other instanceof Fragile fragile && fragile.hash == hash;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  @Test
  void keyThatFailsToCompareHoldsUpNoOther() {
    Cache<Fragile, Integer> cache =
        create(settings(Fragile.class, Integer.class).writeThrough(always(writer)));
    Fragile first = new Fragile(1, false);
    Fragile second = new Fragile(2, false);
    cache.put(second, 1);
    Map<Fragile, Integer> map = new LinkedHashMap<>();
    map.put(first, 5);
    map.put(new Fragile(2, true), 5);
    try {
      cache.putAll(map);
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("a key that fails");
    }
    cache.put(first, 7);
    cache.put(second, 8);
    assertThat(cache.get(first)).isEqualTo(7);
    assertThat(cache.get(second)).isEqualTo(8);
  }
}
