package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.RecordingListener.Seen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a remote store, JVMs that change the same key at the same time come to one result. */
@Timeout(60)
class RemoteRacesTest {
  private static final int THREADS = 8;
  private static final EntryProcessor<String, Integer, Integer> INCREMENT =
      (entry, arguments) -> {
        int next = entry.exists() ? entry.getValue() + 1 : 1;
        entry.setValue(next);
        return next;
      };

  private final SampleCaches caches = new SampleCaches();
  private final Cache<String, Integer> elsewhere = caches.open(SampleCaches.numbers());

  @AfterEach
  void close() {
    caches.close();
  }

  private Cache<String, Integer> open(MutableConfiguration<String, Integer> configuration) {
    return caches.open(configuration);
  }

  // ---- many threads ---------------------------------------------------------------------------

  @Test
  void noIncrementIsLost() throws Exception {
    int rounds = 100;
    Cache<String, Integer> here = open(SampleCaches.numbers());

    Threads.race(
        THREADS,
        thread -> {
          for (int i = 0; i < rounds; i++) {
            (thread % 2 == 0 ? here : elsewhere).invoke("k", INCREMENT);
          }
          return thread;
        });

    assertThat(here.get("k")).isEqualTo(THREADS * rounds);
  }

  @Test
  void noReplacementIsLost() throws Exception {
    int rounds = 50;
    Cache<String, Integer> here = open(SampleCaches.numbers());
    here.put("k", 0);

    Threads.race(
        THREADS,
        thread -> {
          Cache<String, Integer> cache = thread % 2 == 0 ? here : elsewhere;
          for (int done = 0; done < rounds; ) {
            int seen = cache.get("k");
            done += cache.replace("k", seen, seen + 1) ? 1 : 0;
          }
          return thread;
        });

    assertThat(here.get("k")).isEqualTo(THREADS * rounds);
  }

  @Test
  void oneOfManyPutsIfAbsent() throws Exception {
    Cache<String, Integer> here = open(SampleCaches.numbers());

    List<Boolean> done =
        Threads.race(
            THREADS, thread -> (thread % 2 == 0 ? here : elsewhere).putIfAbsent("k", thread));

    assertThat(done).containsOnlyOnce(true);
    assertThat(here.get("k")).isEqualTo(done.indexOf(true));
  }

  @Test
  void oneOfManyRemoves() throws Exception {
    Cache<String, Integer> here = open(SampleCaches.numbers());
    here.put("k", 1);

    List<Boolean> done =
        Threads.race(
            THREADS,
            thread -> {
              Cache<String, Integer> cache = thread % 2 == 0 ? here : elsewhere;
              return thread < THREADS / 2 ? cache.remove("k", 1) : cache.remove("k");
            });

    assertThat(done).containsOnlyOnce(true);
  }

  @Test
  void listenersSeeOneKeysChangesInOrder() throws Exception {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> here =
        open(
            SampleCaches.numbers()
                .addCacheEntryListenerConfiguration(CacheContract.synchronous(listener)));

    Threads.race(
        THREADS,
        thread -> {
          for (int i = 0; i < 50; i++) {
            here.put("k", thread * 1_000 + i);
          }
          return thread;
        });

    List<Seen> events = listener.events();
    assertThat(events).hasSize(THREADS * 50);
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).oldValue()).isEqualTo(events.get(i - 1).value());
    }
    assertThat(events.get(events.size() - 1).value()).isEqualTo(here.get("k"));
  }

  @Test
  void oneThreadLoadsForAllThatWait() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    Cache<String, Integer> here =
        open(
            loading(
                key -> {
                  loads.incrementAndGet();
                  Threads.await(() -> othersWait(callers));
                  return 1;
                }));

    List<Integer> values;
    try (Threads threads = new Threads()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        calls.add(
            threads.start(
                () -> {
                  synchronized (callers) {
                    callers.add(Thread.currentThread());
                  }
                  return here.get("k");
                }));
      }
      values = new ArrayList<>();
      for (Future<Integer> call : calls) {
        values.add(Threads.result(call));
      }
    }

    assertThat(loads).hasValue(1);
    assertThat(values).hasSize(THREADS).containsOnly(1);
  }

  /** Says whether all callers but this thread are blocked. */
  private static boolean othersWait(List<Thread> callers) {
    synchronized (callers) {
      return callers.size() == THREADS
          && callers.stream()
              .filter(thread -> thread != Thread.currentThread())
              .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
  }

  // ---- a race that is lost for sure: user code lets the other JVM come in between -------------

  /** Changes the key elsewhere, the first time it is asked to. */
  private static final class Interference {
    private final Runnable change;
    private boolean done;

    Interference(Runnable change) {
      this.change = change;
    }

    void happen() {
      if (!done) {
        done = true;
        change.run();
      }
    }
  }

  @Test
  void lostRaceRunsTheProcessorAgainOnWhatIsThere() {
    Cache<String, Integer> here = open(SampleCaches.numbers());
    here.put("k", 1);
    Interference other = new Interference(() -> elsewhere.put("k", 10));
    List<Integer> seen = new ArrayList<>();

    int answer =
        here.invoke(
            "k",
            (entry, arguments) -> {
              seen.add(entry.getValue());
              other.happen();
              entry.setValue(entry.getValue() + 1);
              return entry.getValue();
            });

    assertThat(seen).containsExactly(1, 10);
    assertThat(answer).isEqualTo(11);
    assertThat(here.get("k")).isEqualTo(11);
  }

  @Test
  void lostRaceAgainstARemovalFindsNothing() {
    Cache<String, Integer> here = open(SampleCaches.numbers());
    here.put("k", 1);
    Interference other = new Interference(() -> elsewhere.remove("k"));

    boolean existed =
        here.invoke(
            "k",
            (entry, arguments) -> {
              boolean exists = entry.exists();
              other.happen();
              entry.setValue(2);
              return exists;
            });

    assertThat(existed).isFalse();
    assertThat(here.get("k")).isEqualTo(2);
  }

  @Test
  void lostRaceOfARemovalTriesAgain() {
    Cache<String, Integer> here = open(SampleCaches.numbers());
    here.put("k", 1);
    Interference other = new Interference(() -> elsewhere.put("k", 10));

    here.invoke(
        "k",
        (entry, arguments) -> {
          other.happen();
          entry.remove();
          return null;
        });

    assertThat(here.containsKey("k")).isFalse();
  }

  @Test
  void policyIsAskedEachQuestionOnceThoughARaceIsLost() {
    AskedPolicy policy = new AskedPolicy();
    Cache<String, Integer> here = open(SampleCaches.numbers().setExpiryPolicyFactory(() -> policy));
    here.put("k", 1);
    policy.questions.clear();
    Interference other = new Interference(() -> elsewhere.put("k", 10));

    here.invoke(
        "k",
        (entry, arguments) -> {
          int value = entry.getValue();
          other.happen();
          entry.setValue(value + 1);
          return null;
        });

    assertThat(elsewhere.get("k")).isEqualTo(11);
    assertThat(policy.questions).containsExactly("access", "update");
  }

  @Test
  void policyIsAskedWhatTheSecondOutcomeCallsFor() {
    AskedPolicy policy = new AskedPolicy();
    Cache<String, Integer> here = open(SampleCaches.numbers().setExpiryPolicyFactory(() -> policy));
    Interference other = new Interference(() -> elsewhere.put("k", 10));

    here.invoke(
        "k",
        (entry, arguments) -> {
          other.happen();
          entry.setValue(2);
          return null;
        });

    assertThat(policy.questions).containsExactly("creation", "update");
  }

  @Test
  void lostRaceCountsOnceInStatisticsAndEvents() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> here =
        open(
            SampleCaches.numbers()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(CacheContract.synchronous(listener)));
    Interference other = new Interference(() -> elsewhere.put("k", 10));

    here.invoke(
        "k",
        (entry, arguments) -> {
          other.happen();
          entry.setValue(2);
          return null;
        });

    assertThat(listener.events()).containsExactly(Seen.updated("k", 10, 2));
    assertThat(CacheContract.statistics(here).getCachePuts()).isEqualTo(1);
    assertThat(CacheContract.statistics(here).getCacheHits()).isEqualTo(1);
    assertThat(CacheContract.statistics(here).getCacheMisses()).isZero();
  }

  @Test
  void lostRaceOfALoadKeepsWhatTheOtherStored() {
    Cache<String, Integer> here =
        open(
            loading(
                key -> {
                  elsewhere.put(key, 10);
                  return 1;
                }));

    assertThat(here.get("k")).isEqualTo(10);
    assertThat(elsewhere.get("k")).isEqualTo(10);
  }

  // ---- a cache writer is called at least once -------------------------------------------------

  @Test
  void writerIsToldAgainWhatIsStoredAfterALostRace() {
    InterferingWriter writer =
        new InterferingWriter(new Interference(() -> elsewhere.put("k", 10)));
    Cache<String, Integer> here = open(writing(writer));
    elsewhere.put("k", 1);

    here.invoke("k", INCREMENT);

    assertThat(writer.calls).containsExactly("write k=2", "write k=11");
    assertThat(here.get("k")).isEqualTo(11);
  }

  @Test
  void writerIsToldOfAPutThatThenFindsAnotherValue() {
    InterferingWriter writer =
        new InterferingWriter(new Interference(() -> elsewhere.put("k", 10)));
    Cache<String, Integer> here = open(writing(writer));

    assertThat(here.putIfAbsent("k", 1)).isFalse();

    assertThat(writer.calls).containsExactly("write k=1");
    assertThat(here.get("k")).isEqualTo(10);
  }

  @Test
  void writerDeletesAgainAfterALostRace() {
    InterferingWriter writer =
        new InterferingWriter(new Interference(() -> elsewhere.put("k", 10)));
    Cache<String, Integer> here = open(writing(writer));
    elsewhere.put("k", 1);

    assertThat(here.remove("k")).isTrue();

    assertThat(writer.calls).containsExactly("delete k", "delete k");
    assertThat(here.containsKey("k")).isFalse();
  }

  @Test
  void writerIsToldAgainOfAPutInABulkThatLostItsRace() {
    InterferingWriter writer =
        new InterferingWriter(new Interference(() -> elsewhere.put("k", 10)));
    Cache<String, Integer> here = open(writing(writer));

    here.putAll(Map.of("k", 1));

    assertThat(writer.calls).containsExactly("writeAll [k=1]", "write k=1");
    assertThat(here.get("k")).isEqualTo(1);
  }

  @Test
  void writerDeletesAgainInABulkThatLostItsRace() {
    InterferingWriter writer =
        new InterferingWriter(new Interference(() -> elsewhere.put("k", 10)));
    Cache<String, Integer> here = open(writing(writer));
    elsewhere.put("k", 1);

    here.removeAll(Set.of("k"));

    assertThat(writer.calls).containsExactly("deleteAll [k]", "delete k");
    assertThat(here.containsKey("k")).isFalse();
  }

  @Test
  void bulkLoadThatLosesARaceKeepsWhatTheOtherStored() {
    Cache<String, Integer> here =
        open(
            loading(
                key -> {
                  elsewhere.put("a", 10);
                  return 1;
                }));

    assertThat(here.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", 10, "b", 1));
  }

  private static MutableConfiguration<String, Integer> writing(
      CacheWriter<String, Integer> writer) {
    return SampleCaches.numbers().setWriteThrough(true).setCacheWriterFactory(() -> writer);
  }

  private static MutableConfiguration<String, Integer> loading(SingleLoad load) {
    CacheLoader<String, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(String key) {
            return load.load(key);
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            Map<String, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
          }
        };
    return SampleCaches.numbers().setReadThrough(true).setCacheLoaderFactory(() -> loader);
  }

  @FunctionalInterface
  private interface SingleLoad {
    Integer load(String key);
  }

  private static final class AskedPolicy implements ExpiryPolicy {
    private final Collection<String> questions = new ConcurrentLinkedQueue<>();

    @Override
    public Duration getExpiryForCreation() {
      questions.add("creation");
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForAccess() {
      questions.add("access");
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForUpdate() {
      questions.add("update");
      return Duration.ONE_DAY;
    }
  }

  /** Lets the other JVM come in between what is written and what is stored. */
  private static final class InterferingWriter implements CacheWriter<String, Integer> {
    private final Interference interference;
    private final List<String> calls = new ArrayList<>();

    InterferingWriter(Interference interference) {
      this.interference = interference;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      calls.add("write " + entry.getKey() + "=" + entry.getValue());
      interference.happen();
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      calls.add(
          "writeAll "
              + entries.stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
      entries.clear();
      interference.happen();
    }

    @Override
    public void delete(Object key) {
      calls.add("delete " + key);
      interference.happen();
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      calls.add("deleteAll " + List.copyOf(keys));
      keys.clear();
      interference.happen();
    }
  }
}
