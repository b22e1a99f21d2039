package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.BackendException;
import dev.larder.tck.store.Hostility.Trick;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What callers of a remote cache get when the server is slow, silent, confused or gone. */
@Timeout(60)
class RemoteFailuresTest {
  private static final int SOON = 50;

  private final SampleCaches caches = new SampleCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  // ---- answers that do not come ---------------------------------------------------------------

  /** Calls that change something, and how many commands come before the one that does. */
  private record Change(Consumer<Cache<String, Integer>> call, int commandsBefore) {}

  private static final Map<String, Change> CHANGES = changes();

  private static Map<String, Change> changes() {
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("put", new Change(cache -> cache.put("new", 2), 0));
    changes.put("getAndPut", new Change(cache -> cache.getAndPut("k", 2), 0));
    changes.put("putIfAbsent", new Change(cache -> cache.putIfAbsent("new", 2), 0));
    changes.put("putAll", new Change(cache -> cache.putAll(Map.of("k", 2, "new", 3)), 0));
    changes.put("replace", new Change(cache -> cache.replace("k", 2), 0));
    changes.put("getAndReplace", new Change(cache -> cache.getAndReplace("k", 2), 0));
    changes.put("replace a value", new Change(cache -> cache.replace("k", 1, 2), 1));
    changes.put("remove", new Change(cache -> cache.remove("k"), 0));
    changes.put("getAndRemove", new Change(cache -> cache.getAndRemove("k"), 0));
    changes.put("remove a value", new Change(cache -> cache.remove("k", 1), 1));
    changes.put("removeAll of keys", new Change(cache -> cache.removeAll(Set.of("k")), 0));
    changes.put("removeAll", new Change(Cache::removeAll, 1));
    changes.put("clear", new Change(Cache::clear, 0));
    changes.put(
        "invoke",
        new Change(
            cache ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue(2);
                      return null;
                    }),
            1));
    return changes;
  }

  private static Stream<DynamicTest> forEachChange(Consumer<Change> test) {
    return CHANGES.entrySet().stream()
        .map(change -> dynamicTest(change.getKey(), () -> test.accept(change.getValue())));
  }

  private static void play(SampleCaches caches, Change change, Trick trick) {
    for (int i = 0; i < change.commandsBefore(); i++) {
      caches.hostility.next(Trick.ANSWER);
    }
    caches.hostility.next(trick);
  }

  private static MutableConfiguration<String, Integer> listened(
      RecordingListener<String, Integer> listener) {
    return SampleCaches.numbers()
        .addCacheEntryListenerConfiguration(CacheContract.synchronous(listener));
  }

  private static void assertNothingCounted(Cache<?, ?> cache) {
    CacheStatisticsMXBean statistics = CacheContract.statistics(cache);
    assertThat(statistics.getCachePuts()).isZero();
    assertThat(statistics.getCacheRemovals()).isZero();
    assertThat(statistics.getCacheHits()).isZero();
    assertThat(statistics.getCacheMisses()).isZero();
  }

  private static void assertFails(Cache<String, Integer> cache, Change change, boolean unknown) {
    assertThatThrownBy(() -> change.call().accept(cache))
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.isOutcomeUnknown()).isEqualTo(unknown));
  }

  @TestFactory
  Stream<DynamicTest> lostAnswerMeansThatTheOutcomeIsUnknown() {
    return forEachChange(
        change -> {
          try (SampleCaches own = new SampleCaches()) {
            own.open(SampleCaches.numbers()).put("k", 1);
            Cache<String, Integer> cache =
                own.open(SampleCaches.numbers().setStatisticsEnabled(true), SOON);
            play(own, change, Trick.LOSE_REPLY);

            assertFails(cache, change, true);

            assertNothingCounted(cache);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> brokenConnectionMeansThatTheOutcomeIsUnknown() {
    return forEachChange(
        change -> {
          try (SampleCaches own = new SampleCaches()) {
            Cache<String, Integer> cache =
                own.open(SampleCaches.numbers().setStatisticsEnabled(true));
            own.open(SampleCaches.numbers()).put("k", 1);
            play(own, change, Trick.FAIL_LATE);

            assertFails(cache, change, true);

            assertNothingCounted(cache);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> refusalMeansThatNothingChanged() {
    return forEachChange(
        change -> {
          try (SampleCaches own = new SampleCaches()) {
            Cache<String, Integer> cache =
                own.open(SampleCaches.numbers().setStatisticsEnabled(true));
            Cache<String, Integer> elsewhere = own.open(SampleCaches.numbers());
            elsewhere.put("k", 1);
            play(own, change, Trick.FAIL_EARLY);

            assertFails(cache, change, false);

            assertNothingCounted(cache);
            assertThat(elsewhere.getAll(Set.of("k", "new"))).isEqualTo(Map.of("k", 1));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> failedChangeIsNoEvent() {
    return forEachChange(
        change -> {
          try (SampleCaches own = new SampleCaches()) {
            RecordingListener<String, Integer> listener = new RecordingListener<>();
            Cache<String, Integer> cache = own.open(listened(listener));
            own.open(SampleCaches.numbers()).put("k", 1);
            own.hostility.always(Trick.FAIL_LATE);

            assertFails(cache, change, true);

            assertThat(listener.events()).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> keyIsFreeAfterAFailure() {
    return forEachChange(
        change -> {
          try (SampleCaches own = new SampleCaches()) {
            Cache<String, Integer> cache = own.open(listened(new RecordingListener<>()));
            own.open(SampleCaches.numbers()).put("k", 1);
            own.hostility.always(Trick.FAIL_LATE);
            assertFails(cache, change, true);
            own.hostility.always(Trick.ANSWER);

            cache.put("k", 5);

            assertThat(cache.get("k")).isEqualTo(5);
          }
        });
  }

  @Test
  void lostAnswersAreThoseOfReadsToo() {
    Cache<String, Integer> cache =
        caches.open(SampleCaches.numbers().setStatisticsEnabled(true), SOON);
    Map<String, Runnable> reads = new LinkedHashMap<>();
    reads.put("get", () -> cache.get("k"));
    reads.put("getAll", () -> cache.getAll(Set.of("k")));
    reads.put("containsKey", () -> cache.containsKey("k"));
    reads.put("iterator", () -> assertThat(cache.iterator().hasNext()).isTrue());

    caches.hostility.always(Trick.LOSE_COMMAND);

    reads.forEach(
        (name, read) ->
            assertThatThrownBy(read::run).as(name).isInstanceOf(BackendException.class));
    assertNothingCounted(cache);
  }

  // ---- answers and commands that come late ----------------------------------------------------

  @Test
  void compareAndSetThatArrivesLateOverwritesNothing() {
    Cache<String, Integer> elsewhere = caches.open(SampleCaches.numbers());
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers(), SOON);
    elsewhere.put("k", 1);
    caches.hostility.next(Trick.ANSWER, Trick.HOLD_COMMAND);
    assertThatThrownBy(() -> cache.replace("k", 1, 2)).isInstanceOf(BackendException.class);

    elsewhere.put("k", 3);
    caches.hostility.release();

    // The driver takes commands in turn, so this one comes after the one that was released.
    assertThat(cache.get("k")).isEqualTo(3);
  }

  @Test
  void answerThatComesLateIsNobodyElses() {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers(), SOON);
    Cache<String, Integer> elsewhere = caches.open(SampleCaches.numbers());
    elsewhere.putAll(Map.of("a", 1, "b", 2));
    caches.hostility.next(Trick.HOLD_REPLY);
    assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);
    caches.hostility.release();

    assertThat(cache.get("b")).isEqualTo(2);
    assertThat(cache.get("a")).isEqualTo(1);
  }

  @Test
  void slowAnswerHoldsUpNobodyElse() throws Exception {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    try (Threads threads = new Threads()) {
      caches.hostility.next(Trick.HOLD_REPLY);
      Future<Integer> slow =
          threads.start(() -> cache.invoke("slow", (entry, arguments) -> entry.getValue()));
      caches.hostility.awaitHeld(1);

      cache.put("other", 1);
      cache.put("slow", 2);

      assertThat(cache.get("other")).isEqualTo(1);
      assertThat(slow.isDone()).isFalse();
      caches.hostility.release();
      assertThat(Threads.result(slow)).isNull();
    }
  }

  @Test
  void answersOutOfOrderReachWhoAsked() throws Exception {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    for (int i = 0; i < 10; i++) {
      cache.put("k" + i, i);
    }
    caches.hostility.always(Trick.HOLD_REPLY);
    try (Threads threads = new Threads()) {
      Map<Integer, Future<Integer>> reads = new LinkedHashMap<>();
      for (int i = 0; i < 10; i++) {
        String key = "k" + i;
        reads.put(i, threads.start(() -> cache.get(key)));
      }
      caches.hostility.awaitHeld(10);
      caches.hostility.always(Trick.ANSWER);
      caches.hostility.releaseReversed();

      for (Map.Entry<Integer, Future<Integer>> read : reads.entrySet()) {
        assertThat(Threads.result(read.getValue())).isEqualTo(read.getKey());
      }
    }
  }

  @Test
  void answersThatComeTwiceCountOnce() {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers().setStatisticsEnabled(true));
    caches.hostility.always(Trick.ANSWER_TWICE);

    for (int i = 0; i < 100; i++) {
      cache.invoke(
          "k",
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
          });
    }

    assertThat(cache.get("k")).isEqualTo(100);
    assertThat(CacheContract.statistics(cache).getCachePuts()).isEqualTo(100);
  }

  // ---- interrupts -----------------------------------------------------------------------------

  /** Runs a call on a thread that is interrupted while its first answer is held. */
  private Throwable interrupted(Runnable call) throws Exception {
    AtomicReference<Thread> caller = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    try (Threads threads = new Threads()) {
      caches.hostility.next(Trick.HOLD_REPLY);
      Future<Throwable> failure =
          threads.start(
              () -> {
                caller.set(Thread.currentThread());
                Throwable thrown = catchThrowable(call::run);
                stillInterrupted.set(Thread.interrupted());
                return thrown;
              });
      caches.hostility.awaitHeld(1);
      caller.get().interrupt();
      Throwable thrown = Threads.result(failure);
      assertThat(stillInterrupted).isTrue();
      return thrown;
    }
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers().setStatisticsEnabled(true));

    assertThat(interrupted(() -> cache.put("k", 1)))
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());

    assertNothingCounted(cache);
  }

  @Test
  void interruptedCallCallsNoUserCodeLater() throws Exception {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    AtomicBoolean called = new AtomicBoolean();

    assertThat(
            interrupted(
                () ->
                    cache.invoke(
                        "k",
                        (entry, arguments) -> {
                          called.set(true);
                          entry.setValue(1);
                          return null;
                        })))
        .isInstanceOf(BackendException.class);
    caches.hostility.release();

    // The driver takes replies in turn, so this one comes after the one that was released.
    assertThat(cache.get("k")).isNull();
    assertThat(called).isFalse();
  }

  @Test
  void interruptedCallGivesItsKeyBack() throws Exception {
    Cache<String, Integer> cache = caches.open(listened(new RecordingListener<>()));

    assertThat(interrupted(() -> cache.put("k", 1))).isInstanceOf(BackendException.class);

    cache.put("k", 2);
    assertThat(cache.get("k")).isEqualTo(2);
  }

  @Test
  void threadThatWasInterruptedBeforeSendsNothing() {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    caches.hostility.takeCommands();

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> cache.put("k", 1))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(caches.hostility.takeCommands()).isEmpty();
  }

  // ---- what an error says ---------------------------------------------------------------------

  @Test
  void failureShowsTheCallerAndWhatHappened() {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    caches.hostility.next(Trick.FAIL_EARLY);

    assertThatThrownBy(() -> cache.put("k", 1))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("put was refused")
        .hasStackTraceContaining("failureShowsTheCallerAndWhatHappened");
  }

  @Test
  void uriThatNamesNoServerIsRefused() {
    assertThatThrownBy(
            () ->
                Caching.getCachingProvider()
                    .getCacheManager(URI.create("sample:x"), getClass().getClassLoader()))
        .isInstanceOf(CacheException.class);
    assertThatThrownBy(
            () ->
                Caching.getCachingProvider()
                    .getCacheManager(
                        URI.create("sample://x?timeout=soon"), getClass().getClassLoader()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("soon");
  }

  @Test
  void closedManagerEndsCallsThatAreUnderWay() throws Exception {
    Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
    try (Threads threads = new Threads()) {
      caches.hostility.next(Trick.LOSE_COMMAND);
      caches.hostility.takeCommands();
      Future<Throwable> call = threads.start(() -> catchThrowable(() -> cache.put("k", 1)));
      Threads.await(() -> caches.hostility.takeCommands().contains("put"));

      cache.getCacheManager().close();

      assertThat(Threads.result(call))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());
    }
  }
}
