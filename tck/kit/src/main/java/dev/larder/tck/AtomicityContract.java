package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderConfiguration;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls on one key by many threads: each happens at one moment, and no change is lost. */
public abstract class AtomicityContract extends CacheContract {
  private static final int THREADS = 8;
  private static final int ROUNDS = 300;

  private static final EntryProcessor<String, Integer, Integer> INCREMENT =
      (entry, arguments) -> {
        int next = entry.exists() ? entry.getValue() + 1 : 1;
        entry.setValue(next);
        return next;
      };

  /** Tests this backend. */
  protected AtomicityContract(Subject subject) {
    super(subject);
  }

  /** Runs a test on caches of several makes, for atomicity may not depend on their features. */
  private Stream<DynamicTest> onAllMakes(ThrowingTest test) {
    Map<String, Function<LarderConfiguration.Builder<String, Integer>, Object>> makes =
        new TreeMap<>();
    makes.put("a bare cache", settings -> "");
    makes.put(
        "a cache with expiry",
        settings ->
            settings.expiryPolicy(TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.DAYS, 1))));
    makes.put(
        "a cache with listeners",
        settings ->
            settings
                .listener(synchronous(new RecordingListener<>()))
                .listener(asynchronous(new RecordingListener<>())));
    makes.put(
        "a cache with a writer",
        settings -> settings.writeThrough(always(new Writers.Recording())));
    makes.put("a cache with statistics", settings -> settings.statisticsEnabled(true));
    return makes.entrySet().stream()
        .map(
            make ->
                DynamicTest.dynamicTest(
                    make.getKey(),
                    () -> {
                      LarderConfiguration.Builder<String, Integer> settings = settings();
                      assertThat(make.getValue().apply(settings)).isNotNull();
                      test.run(create(settings));
                    }));
  }

  /** A test on one cache. */
  private interface ThrowingTest {
    void run(Cache<String, Integer> cache) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> noIncrementIsLost() {
    return onAllMakes(
        cache -> {
          Threads.race(
              THREADS,
              i -> {
                for (int round = 0; round < ROUNDS; round++) {
                  cache.invoke("key", INCREMENT);
                }
                return "";
              });
          assertThat(cache.get("key")).isEqualTo(THREADS * ROUNDS);
        });
  }

  @TestFactory
  Stream<DynamicTest> noIncrementIsLostByReplace() {
    return onAllMakes(
        cache -> {
          cache.put("key", 0);
          Threads.race(
              THREADS,
              i -> {
                for (int round = 0; round < ROUNDS; round++) {
                  int seen = cache.get("key");
                  while (!cache.replace("key", seen, seen + 1)) {
                    seen = cache.get("key");
                  }
                }
                return "";
              });
          assertThat(cache.get("key")).isEqualTo(THREADS * ROUNDS);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatGoesInComesOutOnce() {
    return onAllMakes(AtomicityContract::assertConservation);
  }

  /**
   * Threads add and take away by all kinds of calls; what they saw going in and out must add up to
   * what is left.
   */
  private static void assertConservation(Cache<String, Integer> cache) throws Exception {
    List<Long> balances =
        Threads.race(
            THREADS,
            i -> {
              long balance = 0;
              for (int round = 1; round <= ROUNDS; round++) {
                int value = i * ROUNDS + round;
                balance += change(cache, i + round, value);
              }
              return balance;
            });
    long expected = balances.stream().mapToLong(Long::longValue).sum();
    Integer left = cache.get("key");
    assertThat(left == null ? 0L : left).isEqualTo(expected);
  }

  /** Changes the key in one of several ways; returns by how much its value changed. */
  private static long change(Cache<String, Integer> cache, int kind, int value) {
    switch (kind % 7) {
      case 0 -> {
        return value - orZero(cache.getAndPut("key", value));
      }
      case 1 -> {
        Integer before = cache.getAndReplace("key", value);
        return before == null ? 0 : value - before;
      }
      case 2 -> {
        return -orZero(cache.getAndRemove("key"));
      }
      case 3 -> {
        return cache.putIfAbsent("key", value) ? value : 0;
      }
      case 4 -> {
        Integer seen = cache.get("key");
        return seen != null && cache.replace("key", seen, value) ? value - seen : 0;
      }
      case 5 -> {
        Integer seen = cache.get("key");
        return seen != null && cache.remove("key", seen) ? -seen : 0;
      }
      default -> {
        cache.invoke("key", INCREMENT);
        return 1;
      }
    }
  }

  private static long orZero(Integer value) {
    return value == null ? 0 : value;
  }

  @TestFactory
  Stream<DynamicTest> onePutIfAbsentWins() {
    return onAllMakes(
        cache -> {
          for (int round = 0; round < 50; round++) {
            String key = "key" + round;
            List<Boolean> done = Threads.race(THREADS, i -> cache.putIfAbsent(key, i));
            assertThat(done).containsOnlyOnce(true);
            assertThat(cache.get(key)).isEqualTo(done.indexOf(true));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> oneRemoveWins() {
    return onAllMakes(
        cache -> {
          for (int round = 0; round < 50; round++) {
            cache.put("key", round);
            int value = round;
            List<Boolean> done =
                Threads.race(
                    THREADS,
                    i ->
                        switch (i % 3) {
                          case 0 -> cache.remove("key");
                          case 1 -> cache.remove("key", value);
                          default -> cache.getAndRemove("key") != null;
                        });
            assertThat(done).containsOnlyOnce(true);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> readersSeeValuesInOrder() {
    return onAllMakes(
        cache -> {
          cache.put("key", 0);
          List<Boolean> inOrder =
              Threads.race(
                  4,
                  i -> {
                    int last = 0;
                    for (int round = 1; round <= 1000; round++) {
                      if (i == 0) {
                        cache.put("key", round);
                      } else {
                        int seen = cache.get("key");
                        if (seen < last) {
                          return false;
                        }
                        last = seen;
                      }
                    }
                    return true;
                  });
          assertThat(inOrder).containsOnly(true);
        });
  }

  @Test
  void processorRunsOncePerCall() throws Exception {
    needs(Capability.PROCESSORS_RUN_ONCE);
    Cache<String, Integer> cache = create(settings());
    AtomicInteger runs = new AtomicInteger();
    Threads.race(
        THREADS,
        i -> {
          for (int round = 0; round < ROUNDS; round++) {
            cache.invoke(
                "key",
                (entry, arguments) -> {
                  entry.setValue(runs.incrementAndGet());
                  return "";
                });
          }
          return "";
        });
    assertThat(runs).hasValue(THREADS * ROUNDS);
    assertThat(cache.get("key")).isEqualTo(THREADS * ROUNDS);
  }

  @Test
  void processorHoldsUpChangesOfItsKeyOnly() throws Exception {
    needs(Capability.PROCESSORS_RUN_ONCE);
    Cache<String, Integer> cache = create(settings());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (Threads threads = new Threads()) {
      Future<Integer> slow =
          threads.start(
              () ->
                  cache.invoke(
                      "key",
                      (entry, arguments) -> {
                        inside.countDown();
                        Threads.await(gate);
                        entry.setValue(1);
                        return 1;
                      }));
      Threads.await(inside);
      Future<Integer> second = threads.start(() -> cache.getAndPut("key", 2));
      for (int i = 0; i < 1000; i++) {
        cache.put("other" + i, i);
      }
      assertThat(cache.get("key")).isNull();
      assertThat(second.isDone()).isFalse();
      gate.countDown();
      assertThat(Threads.result(slow)).isEqualTo(1);
      assertThat(Threads.result(second)).isEqualTo(1);
    }
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void bulkCallsAreAtomicForEachKey() throws Exception {
    Cache<String, Integer> cache = create(settings());
    Set<String> keys = Set.of("a", "b", "c", "d");
    Threads.race(
        THREADS,
        i -> {
          for (int round = 0; round < 100; round++) {
            cache.invokeAll(keys, INCREMENT);
          }
          return "";
        });
    Map<String, Integer> expected = new HashMap<>();
    keys.forEach(key -> expected.put(key, THREADS * 100));
    assertThat(cache.getAll(keys)).isEqualTo(expected);
  }

  @Test
  void interruptedThreadThatNeedNotWaitGoesOn() {
    needs(Capability.NO_SERVER);
    Cache<String, Integer> cache = create(settings());
    Thread.currentThread().interrupt();
    try {
      cache.put("key", 1);
      assertThat(cache.get("key")).isEqualTo(1);
    } finally {
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
  }

  @Test
  void interruptEndsTheWaitForAKey() throws Exception {
    needs(Capability.WAITS_IN_THE_CACHE);
    Cache<String, Integer> cache = create(settings());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (Threads threads = new Threads()) {
      Future<String> holder =
          threads.start(
              () ->
                  cache.invoke(
                      "key",
                      (entry, arguments) -> {
                        inside.countDown();
                        Threads.await(gate);
                        return "done";
                      }));
      Threads.await(inside);
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> cache.put("key", 1)).isInstanceOf(CacheException.class);
      } finally {
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        gate.countDown();
      }
      assertThat(Threads.result(holder)).isEqualTo("done");
    }
    assertThat(cache.containsKey("key")).isFalse();
    cache.put("key", 2);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void valueThatFailsToCompareHarmsNobody() {
    Cache<String, Object> cache = create(settings(String.class, Object.class));
    cache.put("key", new Incomparable());
    assertThatThrownBy(() -> cache.replace("key", new Incomparable(), 1))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> cache.remove("key", new Incomparable()))
        .isInstanceOf(RuntimeException.class);
    cache.put("key", 2);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  /** A value that fails when it is compared. */
  private static final class Incomparable implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("a value that fails");
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
