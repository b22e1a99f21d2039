package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderConfiguration;
import dev.larder.tck.RecordingListener.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;

/**
 * Entry processors: only the net effect of what they do counts, they have their key to themselves,
 * and what they throw changes nothing.
 *
 * <p>The examples are those of the Javadoc of {@link EntryProcessor}.
 */
public abstract class ProcessorContract extends CacheContract {
  private static final EntryProcessor<String, Integer, String> EXAMPLE_1 =
      (entry, arguments) -> {
        Integer first = entry.getValue();
        entry.setValue(10);
        assertThat(entry.getValue()).isEqualTo(10);
        entry.setValue(20);
        return String.valueOf(first);
      };

  private static final EntryProcessor<String, Integer, String> EXAMPLE_2 =
      (entry, arguments) -> {
        Integer first = entry.getValue();
        entry.remove();
        assertThat(entry.exists()).isFalse();
        assertThat(entry.getValue()).isNull();
        entry.setValue(20);
        return String.valueOf(first);
      };

  private static final EntryProcessor<String, Integer, String> EXAMPLE_3 =
      (entry, arguments) -> {
        Integer first = entry.getValue();
        entry.setValue(10);
        assertThat(entry.getValue()).isEqualTo(10);
        entry.setValue(20);
        entry.remove();
        assertThat(entry.exists()).isFalse();
        return String.valueOf(first);
      };

  /** Tests this backend. */
  protected ProcessorContract(Subject subject) {
    super(subject);
  }

  // ---- the net effect -------------------------------------------------------------------------

  /** A cache with everything that watches it. */
  private final class Watched {
    final RecordingListener<String, Integer> listener = new RecordingListener<>();
    final Writers.Recording writer = new Writers.Recording();
    final List<String> questions = new ArrayList<>();
    final Cache<String, Integer> cache;
    final CacheStatisticsMXBean statistics;

    Watched() {
      this(settings());
    }

    Watched(LarderConfiguration.Builder<String, Integer> settings) {
      cache =
          create(
              settings
                  .statisticsEnabled(true)
                  .writeThrough(always(writer))
                  .expiryPolicy(always(policy()))
                  .listener(synchronous(listener)));
      statistics = statistics(cache);
    }

    private ExpiryPolicy policy() {
      return new ExpiryPolicy() {
        @Override
        public Duration getExpiryForCreation() {
          questions.add("creation");
          return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForAccess() {
          questions.add("access");
          return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForUpdate() {
          questions.add("update");
          return Duration.ETERNAL;
        }
      };
    }

    Watched with(int value) {
      cache.put("key", value);
      assertThat(listener.next()).isEqualTo(Seen.created("key", value));
      questions.clear();
      statistics.clear();
      return this;
    }

    /** Returns hits, misses, puts and removals. */
    List<Long> counts() {
      return List.of(
          statistics.getCacheHits(),
          statistics.getCacheMisses(),
          statistics.getCachePuts(),
          statistics.getCacheRemovals());
    }
  }

  private static List<Long> counts(long hits, long misses, long puts, long removals) {
    return List.of(hits, misses, puts, removals);
  }

  @Test
  void example1OnPresentEntryIsOneGetAndOneUpdate() {
    Watched watched = new Watched().with(1);
    assertThat(watched.cache.invoke("key", EXAMPLE_1)).isEqualTo("1");
    assertThat(watched.counts()).isEqualTo(counts(1, 0, 1, 0));
    assertThat(watched.questions).containsExactly("access", "update");
    assertThat(watched.listener.events()).containsExactly(Seen.updated("key", 1, 20));
    assertThat(watched.writer.calls()).containsExactly("write key=1", "write key=20");
    assertThat(watched.cache.get("key")).isEqualTo(20);
  }

  @Test
  void example1OnAbsentEntryIsOneMissAndOneCreation() {
    Watched watched = new Watched();
    assertThat(watched.cache.invoke("key", EXAMPLE_1)).isEqualTo("null");
    assertThat(watched.counts()).isEqualTo(counts(0, 1, 1, 0));
    assertThat(watched.questions).containsExactly("creation");
    assertThat(watched.listener.events()).containsExactly(Seen.created("key", 20));
    assertThat(watched.writer.calls()).containsExactly("write key=20");
    assertThat(watched.cache.get("key")).isEqualTo(20);
  }

  @Test
  void example2OnPresentEntryIsOneGetAndOneUpdate() {
    Watched watched = new Watched().with(1);
    assertThat(watched.cache.invoke("key", EXAMPLE_2)).isEqualTo("1");
    assertThat(watched.counts()).isEqualTo(counts(1, 0, 1, 0));
    assertThat(watched.questions).containsExactly("access", "update");
    assertThat(watched.listener.events()).containsExactly(Seen.updated("key", 1, 20));
    assertThat(watched.writer.calls()).containsExactly("write key=1", "write key=20");
    assertThat(watched.cache.get("key")).isEqualTo(20);
  }

  @Test
  void example2OnAbsentEntryIsOneMissAndOneCreation() {
    Watched watched = new Watched();
    assertThat(watched.cache.invoke("key", EXAMPLE_2)).isEqualTo("null");
    assertThat(watched.counts()).isEqualTo(counts(0, 1, 1, 0));
    assertThat(watched.questions).containsExactly("creation");
    assertThat(watched.listener.events()).containsExactly(Seen.created("key", 20));
    assertThat(watched.writer.calls()).containsExactly("write key=20");
  }

  @Test
  void example3OnPresentEntryIsOneGetAndOneRemoval() {
    Watched watched = new Watched().with(1);
    assertThat(watched.cache.invoke("key", EXAMPLE_3)).isEqualTo("1");
    assertThat(watched.counts()).isEqualTo(counts(1, 0, 0, 1));
    assertThat(watched.questions).containsExactly("access");
    assertThat(watched.listener.events()).containsExactly(Seen.removed("key", 1));
    assertThat(watched.writer.calls()).containsExactly("write key=1", "delete key");
    assertThat(watched.cache.containsKey("key")).isFalse();
  }

  @Test
  void example3OnAbsentEntryIsOneMissAndNothingElse() {
    Watched watched = new Watched();
    assertThat(watched.cache.invoke("key", EXAMPLE_3)).isEqualTo("null");
    assertThat(watched.counts()).isEqualTo(counts(0, 1, 0, 0));
    assertThat(watched.questions).isEmpty();
    assertThat(watched.listener.events()).isEmpty();
    assertThat(watched.writer.calls()).isEmpty();
    assertThat(watched.cache.containsKey("key")).isFalse();
  }

  @Test
  void example1LoadsBeforeItsFirstGet() {
    Loaders.Counting loader = new Loaders.Counting();
    Watched watched = new Watched(settings().readThrough(always(loader)));
    assertThat(watched.cache.invoke("key", EXAMPLE_1)).isEqualTo("1");
    assertThat(loader.loads).hasValue(1);
    assertThat(watched.listener.events()).containsExactly(Seen.created("key", 20));
    assertThat(watched.writer.calls()).containsExactly("write key=20");
  }

  @Test
  void example3DeletesThroughWhatWasLoaded() {
    Loaders.Counting loader = new Loaders.Counting();
    Watched watched = new Watched(settings().readThrough(always(loader)));
    assertThat(watched.cache.invoke("key", EXAMPLE_3)).isEqualTo("1");
    assertThat(loader.loads).hasValue(1);
    assertThat(watched.writer.calls()).containsExactly("delete key");
    assertThat(watched.cache.containsKey("key")).isFalse();
  }

  @Test
  void getOfMissingEntryStoresWhatItLoads() {
    Loaders.Counting loader = new Loaders.Counting();
    Watched watched = new Watched(settings().readThrough(always(loader)));
    Integer seen = watched.cache.invoke("key", (entry, arguments) -> entry.getValue());
    assertThat(seen).isEqualTo(1);
    assertThat(watched.listener.events()).containsExactly(Seen.created("key", 1));
    assertThat(watched.writer.calls()).isEmpty();
    assertThat(watched.counts()).isEqualTo(counts(0, 1, 0, 0));
    assertThat(watched.cache.containsKey("key")).isTrue();
  }

  @Test
  void processorThatDoesNothingCountsAsGetOnly() {
    Watched watched = new Watched().with(1);
    watched.cache.invoke("key", (entry, arguments) -> null);
    watched.cache.invoke("absent", (entry, arguments) -> null);
    assertThat(watched.counts()).isEqualTo(counts(1, 1, 0, 0));
    assertThat(watched.questions).isEmpty();
    assertThat(watched.listener.events()).isEmpty();
  }

  @Test
  void removalOfAbsentEntryIsDeletedThrough() {
    Watched watched = new Watched();
    watched.cache.invoke(
        "key",
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
    assertThat(watched.writer.calls()).containsExactly("delete key");
    assertThat(watched.listener.events()).isEmpty();
    assertThat(watched.counts()).isEqualTo(counts(0, 1, 0, 0));
  }

  @Test
  void setValueWithoutGetAsksNoAccess() {
    Watched watched = new Watched().with(1);
    watched.cache.invoke("key", set(2));
    assertThat(watched.questions).containsExactly("update");
  }

  private static <T> EntryProcessor<String, Integer, T> set(int value) {
    return (entry, arguments) -> {
      entry.setValue(value);
      return null;
    };
  }

  @Test
  void setValueOfNullIsRefused() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    EntryProcessor<String, Integer, Object> processor =
        (entry, arguments) -> {
          entry.setValue(null);
          return "";
        };
    assertThatThrownBy(() -> cache.invoke("key", processor))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void existsFollowsTheChanges() {
    Cache<String, Integer> cache = create(settings());
    List<Boolean> seen = new ArrayList<>();
    cache.invoke(
        "key",
        (entry, arguments) -> {
          seen.add(entry.exists());
          entry.setValue(1);
          seen.add(entry.exists());
          entry.remove();
          seen.add(entry.exists());
          return "";
        });
    assertThat(seen).containsExactly(false, true, false);
  }

  // ---- failures -------------------------------------------------------------------------------

  @Test
  void failureIsWrappedAndChangesNothing() {
    Watched watched = new Watched().with(1);
    RuntimeException failure = new IllegalStateException("a processor that fails");
    assertThatThrownBy(
            () ->
                watched.cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      entry.setValue(2);
                      throw failure;
                    }))
        .isInstanceOf(EntryProcessorException.class)
        .hasCause(failure);
    assertThat(watched.cache.get("key")).isEqualTo(1);
    assertThat(watched.listener.events()).isEmpty();
    assertThat(watched.writer.calls()).containsExactly("write key=1");
  }

  @Test
  void keyIsUsableAfterAnError() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      throw new StackOverflowError("an error that is no exception");
                    }))
        .isInstanceOfAny(StackOverflowError.class, EntryProcessorException.class);
    cache.put("key", 1);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void failingLoaderFailsTheProcessor() {
    Cache<String, Integer> cache =
        create(
            settings()
                .readThrough(
                    always(
                        new Loaders.Simple<String, Integer>(
                            key -> {
                              throw new IllegalStateException("a loader that fails");
                            }))));
    assertThatThrownBy(() -> cache.invoke("key", (entry, arguments) -> entry.getValue()))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("a loader that fails");
    String answer = cache.invoke("key", (entry, arguments) -> "alive");
    assertThat(answer).isEqualTo("alive");
  }

  @Test
  void failingWriterKeepsTheEntryAsItWas() {
    Watched watched = new Watched().with(1);
    watched.writer.failing.add("key");
    assertThatThrownBy(() -> watched.cache.invoke("key", set(2)))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("a writer that fails");
    assertThat(watched.cache.get("key")).isEqualTo(1);
    assertThat(watched.listener.events()).isEmpty();
  }

  @Test
  void oneFailureLeavesTheOtherKeysTheirResults() {
    Cache<String, Integer> cache = create(settings());
    RuntimeException failure = new IllegalStateException("a processor that fails");
    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            Set.of("good", "bad", "silent"),
            (entry, arguments) -> {
              if (entry.getKey().equals("bad")) {
                throw failure;
              }
              entry.setValue(1);
              return entry.getKey().equals("silent") ? null : entry.getKey();
            });
    assertThat(results).containsOnlyKeys("good", "bad");
    assertThat(requireNonNull(results.get("good")).get()).isEqualTo("good");
    assertThatThrownBy(() -> requireNonNull(results.get("bad")).get())
        .isInstanceOf(EntryProcessorException.class)
        .hasCause(failure);
    assertThat(cache.getAll(Set.of("good", "bad", "silent"))).containsOnlyKeys("good", "silent");
  }

  // ---- other keys, the same key ---------------------------------------------------------------

  @Test
  void processorMayCallTheCacheForOtherKeys() {
    Cache<String, Integer> cache = create(settings());
    Integer answer =
        cache.invoke(
            "outer",
            (entry, arguments) -> {
              cache.put("other", 1);
              entry.setValue(cache.invoke("inner", increment()));
              return cache.get("other");
            });
    assertThat(answer).isEqualTo(1);
    assertThat(cache.getAll(Set.of("outer", "inner", "other")))
        .isEqualTo(Map.of("outer", 1, "inner", 1, "other", 1));
  }

  private static EntryProcessor<String, Integer, Integer> increment() {
    return (entry, arguments) -> {
      int next = entry.exists() ? entry.getValue() + 1 : 1;
      entry.setValue(next);
      return next;
    };
  }

  @Test
  void changeOfTheSameKeyInsideAProcessorIsRefused() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      cache.put("key", 2);
                      return "";
                    }))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("key");
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void nestedProcessorOnTheSameKeyIsRefused() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      entry.setValue(5);
                      return cache.invoke("key", increment());
                    }))
        .isInstanceOf(CacheException.class);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void readOfTheSameKeyInsideAProcessorSeesTheOldValue() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    Integer seen =
        cache.invoke(
            "key",
            (entry, arguments) -> {
              entry.setValue(2);
              return cache.get("key");
            });
    assertThat(seen).isEqualTo(1);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void otherThreadsSeeTheOldValueUntilTheProcessorIsDone() throws Exception {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    CountDownLatch set = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    try (Threads threads = new Threads()) {
      Future<String> processing =
          threads.start(
              () ->
                  cache.invoke(
                      "key",
                      (entry, arguments) -> {
                        entry.setValue(2);
                        set.countDown();
                        Threads.await(seen);
                        return "done";
                      }));
      Threads.await(set);
      assertThat(cache.get("key")).isEqualTo(1);
      assertThat(cache.containsKey("key")).isTrue();
      cache.put("other", 1);
      seen.countDown();
      assertThat(Threads.result(processing)).isEqualTo("done");
    }
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void processorsThatNeedEachOthersKeysDoNotHang() throws Exception {
    Cache<String, Integer> one = create(settings());
    Cache<String, Integer> two = create(settings());
    CountDownLatch bothInside = new CountDownLatch(2);
    List<String> outcomes =
        Threads.race(
            2,
            i -> {
              Cache<String, Integer> outer = i == 0 ? one : two;
              Cache<String, Integer> inner = i == 0 ? two : one;
              try {
                return outer.invoke(
                    "key",
                    (entry, arguments) -> {
                      bothInside.countDown();
                      Threads.await(bothInside);
                      inner.put("key", 1);
                      return "done";
                    });
              } catch (CacheException e) {
                return "refused";
              }
            });
    assertThat(outcomes).contains("done").isSubsetOf("done", "refused");
  }

  // ---- processors and arguments ---------------------------------------------------------------

  @Test
  void nothingThatGoesInOrOutNeedsToBeSerializable() {
    needs(Capability.PROCESSORS_RUN_ONCE);
    Cache<String, Integer> cache = create(settings());
    Thread argument = Thread.currentThread();
    AtomicInteger captured = new AtomicInteger();
    Object answer =
        cache.invoke(
            "key",
            (entry, arguments) -> {
              captured.incrementAndGet();
              entry.setValue(1);
              return arguments[0];
            },
            argument);
    assertThat(answer).isSameAs(argument);
    assertThat(captured).hasValue(1);
  }

  @Test
  void argumentsArriveAsTheyWereGiven() {
    Cache<String, Integer> cache = create(settings());
    List<Object> seen =
        cache.invoke("key", (entry, arguments) -> List.of(arguments), "one", 2, List.of(3));
    assertThat(seen).containsExactly("one", 2, List.of(3));
  }

  @Test
  void entryUnwrapsToItself() {
    Cache<String, Integer> cache = create(settings());
    boolean same = cache.invoke("key", (entry, none) -> entry.unwrap(MutableEntry.class) == entry);
    assertThat(same).isTrue();
  }
}
