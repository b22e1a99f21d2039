package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.tck.RecordingListener.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.EventType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Cache entry listeners: who gets which event, in which order, and what happens when they fail or
 * call the cache again.
 */
public abstract class EventContract extends CacheContract {

  /** Tests this backend. */
  protected EventContract(Subject subject) {
    super(subject);
  }

  private final RecordingListener<String, Integer> listener = new RecordingListener<>();

  private Cache<String, Integer> observed() {
    return create(settings().listener(synchronous(listener)));
  }

  // ---- which events ---------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> presentEntryReports() {
    Map<String, Map.Entry<Consumer<Cache<String, Integer>>, List<Seen>>> table =
        new LinkedHashMap<>();
    List<Seen> update = List.of(Seen.updated("key", 1, 2));
    List<Seen> removal = List.of(Seen.removed("key", 1));
    List<Seen> nothing = List.of();
    table.put("put", Map.entry(cache -> cache.put("key", 2), update));
    table.put("getAndPut", Map.entry(cache -> cache.getAndPut("key", 2), update));
    table.put("putAll", Map.entry(cache -> cache.putAll(Map.of("key", 2)), update));
    table.put("putIfAbsent", Map.entry(cache -> cache.putIfAbsent("key", 2), nothing));
    table.put("replace", Map.entry(cache -> cache.replace("key", 2), update));
    table.put("replace expected", Map.entry(cache -> cache.replace("key", 1, 2), update));
    table.put("replace other", Map.entry(cache -> cache.replace("key", 7, 2), nothing));
    table.put("getAndReplace", Map.entry(cache -> cache.getAndReplace("key", 2), update));
    table.put("remove", Map.entry(cache -> cache.remove("key"), removal));
    table.put("remove expected", Map.entry(cache -> cache.remove("key", 1), removal));
    table.put("remove other", Map.entry(cache -> cache.remove("key", 7), nothing));
    table.put("getAndRemove", Map.entry(cache -> cache.getAndRemove("key"), removal));
    table.put("removeAll", Map.entry(Cache::removeAll, removal));
    table.put("removeAll keys", Map.entry(cache -> cache.removeAll(Set.of("key", "no")), removal));
    table.put("clear", Map.entry(Cache::clear, nothing));
    table.put("get", Map.entry(cache -> cache.get("key"), nothing));
    table.put("containsKey", Map.entry(cache -> cache.containsKey("key"), nothing));
    table.put("close", Map.entry(Cache::close, nothing));
    table.put(
        "destroyCache",
        Map.entry(cache -> cache.getCacheManager().destroyCache(cache.getName()), nothing));
    return table.entrySet().stream()
        .map(
            row ->
                dynamicTest(
                    row.getKey(),
                    () -> {
                      RecordingListener<String, Integer> own = new RecordingListener<>();
                      Cache<String, Integer> cache = create(settings().listener(synchronous(own)));
                      cache.put("key", 1);
                      assertThat(own.next()).isEqualTo(Seen.created("key", 1));
                      row.getValue().getKey().accept(cache);
                      assertThat(own.events()).isEqualTo(row.getValue().getValue());
                    }));
  }

  @Test
  void loadedValueIsACreation() {
    Cache<String, Integer> cache =
        create(
            settings().readThrough(always(new Loaders.Counting())).listener(synchronous(listener)));
    cache.get("key");
    assertThat(listener.events()).containsExactly(Seen.created("key", 1));
  }

  @Test
  void eachEntryOfAMapIsReportedOnce() {
    Cache<String, Integer> cache = observed();
    cache.put("a", 0);
    assertThat(listener.next()).isEqualTo(Seen.created("a", 0));
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(listener.events())
        .containsExactlyInAnyOrder(
            Seen.updated("a", 0, 1), Seen.created("b", 2), Seen.created("c", 3));
  }

  @Test
  void eventNamesItsCache() {
    List<Object> sources = new ArrayList<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(
                    synchronous(
                        new RecordingListener<String, Integer>() {
                          @Override
                          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
                            sources.add(event.getSource());
                            assertThat(event.unwrap(CacheEntryEvent.class)).isSameAs(event);
                          }
                        })));
    cache.put("key", 1);
    assertThat(sources).containsExactly(manager.getCache(cache.getName()));
  }

  @Test
  void listenerOfSomeEventsGetsNoOthers() {
    List<EventType> seen = new ArrayList<>();
    CacheEntryRemovedListener<String, Integer> removals =
        events -> events.forEach(event -> seen.add(event.getEventType()));
    Cache<String, Integer> cache = create(settings().listener(synchronous(removals)));
    cache.put("key", 1);
    cache.put("key", 2);
    cache.remove("key");
    assertThat(seen).containsExactly(EventType.REMOVED);
  }

  @Test
  void oldValueIsEitherAvailableOrNull() {
    List<Boolean> consistent = new ArrayList<>();
    RecordingListener<String, Integer> careless =
        new RecordingListener<>() {
          @Override
          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
            consistent.add(event.isOldValueAvailable() == (event.getOldValue() != null));
          }
        };
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(
                    new MutableCacheEntryListenerConfiguration<>(
                        always(careless), null, false, true)));
    cache.put("key", 1);
    cache.put("key", 2);
    cache.remove("key");
    assertThat(consistent).containsExactly(true, true, true);
  }

  // ---- filters --------------------------------------------------------------------------------

  private CacheEntryListenerConfiguration<String, Integer> filtered(
      CacheEntryEventFilter<String, Integer> filter, boolean isSynchronous) {
    return new MutableCacheEntryListenerConfiguration<>(
        always(listener), always(filter), true, isSynchronous);
  }

  @Test
  void filterLetsThroughWhatItAccepts() {
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(
                    filtered(event -> event.getValue() != null && event.getValue() > 1, true)));
    cache.put("key", 1);
    cache.put("key", 2);
    cache.put("other", 3);
    assertThat(listener.events())
        .containsExactly(Seen.updated("key", 1, 2), Seen.created("other", 3));
  }

  @Test
  void filterSeesWhatTheListenerSees() {
    List<Seen> evaluated = new ArrayList<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(
                    filtered(
                        event ->
                            evaluated.add(
                                new Seen(
                                    event.getEventType(),
                                    event.getKey(),
                                    event.getOldValue(),
                                    event.getValue())),
                        true)));
    cache.put("key", 1);
    cache.put("key", 2);
    cache.remove("key");
    assertThat(evaluated)
        .containsExactly(Seen.created("key", 1), Seen.updated("key", 1, 2), Seen.removed("key", 2));
    assertThat(listener.events()).isEqualTo(evaluated);
  }

  @Test
  void failingFilterIsAFailingListener() {
    RuntimeException failure = new IllegalStateException("a filter that fails");
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(
                    filtered(
                        event -> {
                          throw failure;
                        },
                        true)));
    assertThatThrownBy(() -> cache.put("key", 1))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasCause(failure);
    assertThat(cache.get("key")).isEqualTo(1);
    assertThat(listener.events()).isEmpty();
  }

  // ---- failures -------------------------------------------------------------------------------

  private static CacheEntryListenerConfiguration<String, Integer> failing(
      RuntimeException failure, boolean isSynchronous) {
    RecordingListener<String, Integer> failing =
        new RecordingListener<>() {
          @Override
          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
            throw failure;
          }
        };
    return isSynchronous ? synchronous(failing) : asynchronous(failing);
  }

  private static RuntimeException failure() {
    return new IllegalStateException("a listener that fails");
  }

  @Test
  void failureOfASynchronousListenerReachesTheCallerAfterTheChange() {
    RuntimeException failure = failure();
    Cache<String, Integer> cache = create(settings().listener(failing(failure, true)));
    assertThatThrownBy(() -> cache.put("key", 1))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasCause(failure);
    assertThat(cache.get("key")).isEqualTo(1);
    assertThatThrownBy(() -> cache.remove("key")).isInstanceOf(CacheEntryListenerException.class);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void listenersOwnExceptionIsNotWrapped() {
    CacheEntryListenerException failure = new CacheEntryListenerException("mine");
    Cache<String, Integer> cache = create(settings().listener(failing(failure, true)));
    assertThatThrownBy(() -> cache.put("key", 1)).isSameAs(failure);
  }

  @Test
  void failureOfOneListenerKeepsNothingFromTheOthers() {
    RecordingListener<String, Integer> before = new RecordingListener<>();
    RecordingListener<String, Integer> later = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .listener(synchronous(before))
                .listener(failing(failure(), true))
                .listener(synchronous(listener))
                .listener(asynchronous(later)));
    assertThatThrownBy(() -> cache.put("key", 1)).isInstanceOf(CacheEntryListenerException.class);
    assertThat(before.events()).containsExactly(Seen.created("key", 1));
    assertThat(listener.events()).containsExactly(Seen.created("key", 1));
    assertThat(later.next()).isEqualTo(Seen.created("key", 1));
  }

  @Test
  void failureOfAnAsynchronousListenerDoesNotReachTheCaller() {
    Cache<String, Integer> cache =
        create(settings().listener(failing(failure(), false)).listener(asynchronous(listener)));
    assertThatCode(() -> cache.put("key", 1)).doesNotThrowAnyException();
    cache.put("key", 2);
    assertThat(listener.next(2)).containsExactly(Seen.created("key", 1), Seen.updated("key", 1, 2));
  }

  @TestFactory
  Stream<DynamicTest> failureOfAListenerStopsNoBulkCall() {
    Map<String, Consumer<Cache<String, Integer>>> calls = new LinkedHashMap<>();
    calls.put("putAll", cache -> cache.putAll(Map.of("a", 2, "b", 2, "c", 2)));
    calls.put("removeAll keys", cache -> cache.removeAll(Set.of("a", "b", "c")));
    calls.put("removeAll", Cache::removeAll);
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      RecordingListener<String, Integer> own = new RecordingListener<>();
                      Cache<String, Integer> cache = create(settings());
                      cache.putAll(Map.of("a", 1, "b", 1, "c", 1));
                      cache.registerCacheEntryListener(failing(failure(), true));
                      cache.registerCacheEntryListener(synchronous(own));
                      assertThatThrownBy(() -> call.getValue().accept(cache))
                          .isInstanceOf(CacheEntryListenerException.class);
                      assertThat(own.events()).hasSize(3);
                      assertThat(cache.getAll(Set.of("a", "b", "c")).values()).doesNotContain(1);
                    }));
  }

  // ---- order and time -------------------------------------------------------------------------

  @Test
  void synchronousListenerHasSeenTheEventWhenTheCallReturns() {
    Cache<String, Integer> cache = observed();
    cache.put("key", 1);
    assertThat(listener.events()).containsExactly(Seen.created("key", 1));
  }

  @Test
  void asynchronousListenerHoldsNobodyUp() {
    CountDownLatch gate = new CountDownLatch(1);
    RecordingListener<String, Integer> slow =
        new RecordingListener<>() {
          @Override
          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
            Threads.await(gate);
            super.see(event);
          }
        };
    Cache<String, Integer> cache =
        create(settings().listener(asynchronous(slow)).listener(asynchronous(listener)));
    cache.put("key", 1);
    cache.put("key", 2);
    assertThat(listener.next(2)).hasSize(2);
    assertThat(slow.events()).isEmpty();
    gate.countDown();
    assertThat(slow.next(2)).containsExactly(Seen.created("key", 1), Seen.updated("key", 1, 2));
  }

  @TestFactory
  Stream<DynamicTest> eventsOfAKeyComeInOrder() {
    return Stream.of(true, false)
        .map(
            isSynchronous ->
                dynamicTest(
                    isSynchronous ? "synchronous" : "asynchronous",
                    () -> assertOrder(isSynchronous)));
  }

  private void assertOrder(boolean isSynchronous) throws Exception {
    RecordingListener<String, Integer> own = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(settings().listener(isSynchronous ? synchronous(own) : asynchronous(own)));
    int threads = 8;
    int rounds = 100;
    Threads.race(
        threads,
        i -> {
          for (int round = 0; round < rounds; round++) {
            cache.put("key" + round % 2, i * rounds + round);
          }
          return "";
        });
    for (String key : List.of("key0", "key1")) {
      cache.put(key, -1);
    }
    List<Seen> events = own.next(threads * rounds + 2);
    for (String key : List.of("key0", "key1")) {
      List<Seen> chain = events.stream().filter(event -> event.key().equals(key)).toList();
      assertThat(chain.get(0).type()).isEqualTo(EventType.CREATED);
      for (int i = 1; i < chain.size(); i++) {
        assertThat(chain.get(i).oldValue()).isEqualTo(chain.get(i - 1).value());
      }
      assertThat(chain.get(chain.size() - 1).value()).isEqualTo(-1);
    }
  }

  // ---- registration ---------------------------------------------------------------------------

  @Test
  void listenerCanBeAddedWhileTheCacheIsInUse() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    cache.registerCacheEntryListener(synchronous(listener));
    cache.put("key", 2);
    assertThat(listener.events()).containsExactly(Seen.updated("key", 1, 2));
  }

  @Test
  void configurationRegistersOnce() {
    CacheEntryListenerConfiguration<String, Integer> configuration = synchronous(listener);
    Cache<String, Integer> cache = create(settings().listener(configuration));
    assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
        .isInstanceOf(IllegalArgumentException.class);
    cache.put("key", 1);
    assertThat(listener.events()).hasSize(1);
  }

  @Test
  void deregisteredListenerGetsNothing() {
    CacheEntryListenerConfiguration<String, Integer> configuration = synchronous(listener);
    Cache<String, Integer> cache = create(settings().listener(configuration));
    cache.deregisterCacheEntryListener(configuration);
    cache.put("key", 1);
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void deregisteredListenerGetsNoEventsThatWaitedForIt() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    RecordingListener<String, Integer> slow =
        new RecordingListener<>() {
          @Override
          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
            calls.incrementAndGet();
            inside.countDown();
            Threads.await(gate);
          }
        };
    CacheEntryListenerConfiguration<String, Integer> configuration = asynchronous(slow);
    Cache<String, Integer> cache =
        create(settings().listener(configuration).listener(asynchronous(listener)));
    cache.put("key", 1);
    Threads.await(inside);
    cache.put("key", 2);
    cache.deregisterCacheEntryListener(configuration);
    gate.countDown();
    cache.put("key", 3);
    assertThat(listener.next(3)).hasSize(3);
    assertThat(calls).hasValue(1);
  }

  @Test
  void deregisteringTwiceOrAStrangerDoesNothing() {
    CacheEntryListenerConfiguration<String, Integer> configuration = synchronous(listener);
    Cache<String, Integer> cache = create(settings());
    assertThatCode(
            () -> {
              cache.deregisterCacheEntryListener(configuration);
              cache.registerCacheEntryListener(configuration);
              cache.deregisterCacheEntryListener(configuration);
              cache.deregisterCacheEntryListener(configuration);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void closedCacheReportsNothing() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    RecordingListener<String, Integer> slow =
        new RecordingListener<>() {
          @Override
          void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
            calls.incrementAndGet();
            inside.countDown();
            Threads.await(gate);
          }
        };
    Cache<String, Integer> cache = create(settings().listener(asynchronous(slow)));
    cache.put("key", 1);
    Threads.await(inside);
    cache.put("key", 2);
    cache.close();
    gate.countDown();
    manager.close();
    assertThat(calls).hasValue(1);
  }

  // ---- listeners that call caches -------------------------------------------------------------

  /** Does something for each creation, but for no other event. */
  private static RecordingListener<String, Integer> onCreation(
      Consumer<CacheEntryEvent<? extends String, ? extends Integer>> action) {
    return new RecordingListener<>() {
      @Override
      void see(CacheEntryEvent<? extends String, ? extends Integer> event) {
        super.see(event);
        if (event.getEventType() == EventType.CREATED) {
          action.accept(event);
        }
      }
    };
  }

  @Test
  void listenerMayReadTheKeyThatChanged() {
    List<Integer> seen = new ArrayList<>();
    Cache<String, Integer> cache = create(settings());
    cache.registerCacheEntryListener(
        synchronous(onCreation(event -> seen.add(cache.get(event.getKey())))));
    cache.put("key", 1);
    assertThat(seen).containsExactly(1);
  }

  @Test
  void listenerMayChangeTheKeyThatChanged() {
    needs(Capability.WAITS_IN_THE_CACHE);
    Cache<String, Integer> cache = create(settings());
    RecordingListener<String, Integer> changer =
        onCreation(event -> cache.put(event.getKey(), event.getValue() + 1));
    cache.registerCacheEntryListener(synchronous(changer));
    cache.put("key", 1);
    assertThat(cache.get("key")).isEqualTo(2);
    assertThat(changer.next(2)).containsExactly(Seen.created("key", 1), Seen.updated("key", 1, 2));
  }

  @Test
  void listenerMayChangeAnotherKey() {
    Cache<String, Integer> cache = create(settings());
    cache.registerCacheEntryListener(
        synchronous(
            onCreation(
                event -> {
                  if (event.getKey().equals("key")) {
                    cache.put("other", 2);
                  }
                })));
    cache.put("key", 1);
    assertThat(cache.get("other")).isEqualTo(2);
  }

  @Test
  void listenersOfTwoCachesMayChangeEachOthers() throws Exception {
    needs(Capability.WAITS_IN_THE_CACHE);
    Cache<String, Integer> one = create(settings());
    Cache<String, Integer> two = create(settings());
    one.registerCacheEntryListener(
        synchronous(onCreation(event -> two.put(event.getKey(), event.getValue()))));
    two.registerCacheEntryListener(
        synchronous(onCreation(event -> one.put(event.getKey(), event.getValue()))));
    int rounds = 100;
    Threads.race(
        4,
        i -> {
          for (int round = 0; round < rounds; round++) {
            (i % 2 == 0 ? one : two).put("key" + round, round);
          }
          return "";
        });
    for (int round = 0; round < rounds; round++) {
      assertThat(one.get("key" + round)).isEqualTo(round);
      assertThat(two.get("key" + round)).isEqualTo(round);
    }
  }

  @Test
  void listenerMayWaitForAThreadThatUsesAnotherKey() throws Exception {
    Cache<String, Integer> cache = create(settings());
    try (Threads threads = new Threads()) {
      cache.registerCacheEntryListener(
          synchronous(
              onCreation(
                  event -> {
                    if (event.getKey().equals("key")) {
                      Future<Boolean> other = threads.start(() -> cache.putIfAbsent("other", 2));
                      try {
                        assertThat(Threads.result(other)).isTrue();
                      } catch (Exception e) {
                        throw new AssertionError(e);
                      }
                    }
                  })));
      cache.put("key", 1);
    }
    assertThat(cache.get("other")).isEqualTo(2);
  }

  @Test
  void listenerMayCloseTheCache() {
    Cache<String, Integer> cache = create(settings());
    cache.registerCacheEntryListener(synchronous(onCreation(event -> cache.close())));
    cache.put("key", 1);
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void listenerMayDeregisterItself() {
    Cache<String, Integer> cache = create(settings());
    List<CacheEntryListenerConfiguration<String, Integer>> self = new ArrayList<>();
    RecordingListener<String, Integer> once =
        onCreation(event -> cache.deregisterCacheEntryListener(self.get(0)));
    self.add(synchronous(once));
    cache.registerCacheEntryListener(self.get(0));
    cache.put("key", 1);
    cache.put("key", 2);
    assertThat(once.events()).containsExactly(Seen.created("key", 1));
  }

  @Test
  void manyListenersAllGetTheEvent() {
    List<RecordingListener<String, Integer>> all =
        IntStream.range(0, 20).mapToObj(i -> new RecordingListener<String, Integer>()).toList();
    Cache<String, Integer> cache = create(settings());
    all.forEach(one -> cache.registerCacheEntryListener(synchronous(one)));
    cache.put("key", 1);
    assertThat(all).allMatch(one -> one.events().equals(List.of(Seen.created("key", 1))));
  }
}
