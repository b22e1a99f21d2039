package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tck.RecordingListener.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Cache loaders: how often they are called and for what, loads in the background, and what happens
 * when they fail, answer nonsense or call the cache.
 */
public abstract class LoaderContract extends CacheContract {

  /** Tests this backend. */
  protected LoaderContract(Subject subject) {
    super(subject);
  }

  private final Loaders.Counting counting = new Loaders.Counting();

  private Cache<String, Integer> readThrough(CacheLoader<String, Integer> loader) {
    return create(settings().readThrough(always(loader)));
  }

  // ---- how often ------------------------------------------------------------------------------

  @Test
  void missLoadsAndStores() {
    Cache<String, Integer> cache = readThrough(counting);
    assertThat(cache.get("key")).isEqualTo(1);
    assertThat(cache.get("key")).isEqualTo(1);
    assertThat(counting.loads).hasValue(1);
  }

  @Test
  void getAllLoadsAllThatIsMissingAtOnce() {
    Cache<String, Integer> cache = readThrough(counting);
    cache.put("present", -1);
    assertThat(cache.getAll(Set.of("present", "a", "b", "c")))
        .containsEntry("present", -1)
        .containsOnlyKeys("present", "a", "b", "c");
    assertThat(counting.bulkLoads).hasValue(1);
    assertThat(counting.values).hasValue(3);
    assertThat(cache.containsKey("a")).isTrue();
  }

  @Test
  void getAllOfPresentEntriesLoadsNothing() {
    Cache<String, Integer> cache = readThrough(counting);
    cache.put("a", -1);
    cache.put("b", -2);
    assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);
    assertThat(cache.getAll(Set.of())).isEmpty();
    assertThat(counting.bulkLoads).hasValue(0);
    assertThat(counting.loads).hasValue(0);
  }

  @Test
  void loaderWithoutReadThroughServesOnlyLoadAll() throws Exception {
    Cache<String, Integer> cache = create(settings().loader(always(counting)));
    assertThat(cache.get("key")).isNull();
    assertThat(cache.getAll(Set.of("key"))).isEmpty();
    Integer seen = cache.invoke("key", (entry, arguments) -> entry.getValue());
    assertThat(seen).isNull();
    loadAll(cache, Set.of("key"), false);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void manyReadersOfOneKeyLoadOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Cache<String, Integer> cache =
        readThrough(new Loaders.Simple<>(key -> calls.incrementAndGet()));
    assertThat(Threads.race(32, i -> cache.get("key"))).containsOnly(1);
    assertThat(calls).hasValue(1);
  }

  @RepeatedTest(20)
  void manyReadersOfSeveralKeysLoadEachOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Cache<String, Integer> cache =
        readThrough(new Loaders.Simple<>(key -> calls.incrementAndGet()));
    Set<String> keys = Set.of("a", "b", "c", "d");
    List<Map<String, Integer>> answers = Threads.race(32, i -> cache.getAll(keys));
    assertThat(answers).containsOnly(answers.get(0));
    assertThat(answers.get(0)).containsOnlyKeys(keys);
    assertThat(calls).hasValue(4);
  }

  @Test
  void loadOfOneKeyHoldsUpNoOther() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  if (key.equals("slow")) {
                    inside.countDown();
                    Threads.await(gate);
                  }
                  return 1;
                }));
    try (Threads threads = new Threads()) {
      Future<Integer> slow = threads.start(() -> cache.get("slow"));
      Threads.await(inside);
      assertThat(cache.get("quick")).isEqualTo(1);
      assertThat(cache.containsKey("slow")).isFalse();
      gate.countDown();
      assertThat(Threads.result(slow)).isEqualTo(1);
    }
  }

  // ---- failures -------------------------------------------------------------------------------

  @Test
  void failureReachesEveryReaderAndIsNotRemembered() throws Exception {
    AtomicBoolean failing = new AtomicBoolean(true);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  if (failing.get()) {
                    throw new IllegalStateException("a loader that fails");
                  }
                  return 1;
                }));
    List<String> outcomes =
        Threads.race(
            8,
            i -> {
              try {
                cache.get("key");
                return "loaded";
              } catch (CacheLoaderException e) {
                return "failed";
              }
            });
    assertThat(outcomes).containsOnly("failed");
    failing.set(false);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void failureIsWrapped() {
    RuntimeException failure = new IllegalStateException("a loader that fails");
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  throw failure;
                }));
    assertThatThrownBy(() -> cache.get("key"))
        .isInstanceOf(CacheLoaderException.class)
        .hasCause(failure);
    assertThatThrownBy(() -> cache.getAll(Set.of("key", "other")))
        .isInstanceOf(CacheLoaderException.class)
        .hasCause(failure);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void loadersOwnExceptionIsNotWrapped() {
    CacheLoaderException failure = new CacheLoaderException("mine");
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  throw failure;
                }));
    assertThatThrownBy(() -> cache.get("key")).isSameAs(failure);
  }

  @Test
  void keyIsUsableAfterAnError() {
    AtomicInteger calls = new AtomicInteger();
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  if (calls.getAndIncrement() == 0) {
                    throw new StackOverflowError("an error that is no exception");
                  }
                  return 1;
                }));
    assertThatThrownBy(() -> cache.get("key"))
        .isInstanceOfAny(StackOverflowError.class, CacheLoaderException.class);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  // ---- nonsense -------------------------------------------------------------------------------

  @Test
  void nullIsNoValueAndIsNotRemembered() {
    AtomicInteger calls = new AtomicInteger();
    Cache<String, Integer> cache =
        readThrough(new Loaders.Simple<>(key -> calls.incrementAndGet() == 1 ? null : 7));
    assertThat(cache.get("key")).isNull();
    assertThat(cache.containsKey("key")).isFalse();
    assertThat(cache.get("key")).isEqualTo(7);
  }

  @Test
  void nullsInAMapAreLeftOut() {
    Cache<String, Integer> cache =
        readThrough(new Loaders.Simple<>(key -> key.equals("none") ? null : 1));
    assertThat(cache.getAll(Set.of("none", "some"))).isEqualTo(Map.of("some", 1));
    assertThat(cache.containsKey("none")).isFalse();
  }

  /** Answers every bulk load with the same map. */
  private static CacheLoader<String, Integer> answering(Map<String, Integer> map) {
    return new CacheLoader<>() {
      @Override
      public Integer load(String key) {
        throw new AssertionError("a bulk load was expected");
      }

      @Override
      public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
        return map;
      }
    };
  }

  @Test
  void valuesNobodyAskedForAreIgnored() {
    Cache<String, Integer> cache = readThrough(answering(Map.of("asked", 1, "extra", 2)));
    assertThat(cache.getAll(Set.of("asked", "missing"))).isEqualTo(Map.of("asked", 1));
    assertThat(cache.containsKey("extra")).isFalse();
  }

  @Test
  void keysThatAreNullAreIgnored() {
    Map<String, Integer> strange = new HashMap<>();
    strange.put(null, 1);
    strange.put("asked", 1);
    assertThat(readThrough(answering(strange)).getAll(Set.of("asked")))
        .isEqualTo(Map.of("asked", 1));
  }

  @Test
  @SuppressWarnings("NullAway") // a bad loader, on purpose
  void noMapAtAllIsNoValue() {
    assertThat(readThrough(answering(null)).getAll(Set.of("asked"))).isEmpty();
  }

  @Test
  void loaderThatEmptiesItsKeysDoesNoHarm() {
    Cache<String, Integer> cache =
        readThrough(
            new CacheLoader<>() {
              @Override
              public Integer load(String key) {
                return 1;
              }

              @Override
              public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
                Iterator<? extends String> iterator = keys.iterator();
                while (iterator.hasNext()) {
                  iterator.next();
                  try {
                    iterator.remove();
                  } catch (UnsupportedOperationException e) {
                    break; // keys that cannot be changed are as good
                  }
                }
                return Map.of("a", 1, "b", 2);
              }
            });
    cache.getAll(Set.of("a", "b"));
    cache.put("a", 5);
    assertThat(cache.get("a")).isEqualTo(5);
  }

  // ---- loaders that call the cache ------------------------------------------------------------

  @Test
  void loaderMayUseOtherKeys() {
    List<Cache<String, Integer>> self = new ArrayList<>();
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> key.length() == 1 ? 1 : self.get(0).get(key.substring(1)) + 1));
    self.add(cache);
    assertThat(cache.get("four")).isEqualTo(4);
    assertThat(cache.get("ur")).isEqualTo(2);
  }

  @Test
  void loaderThatNeedsItsOwnKeyIsRefused() {
    List<Cache<String, Integer>> self = new ArrayList<>();
    Cache<String, Integer> cache = readThrough(new Loaders.Simple<>(key -> self.get(0).get(key)));
    self.add(cache);
    assertThatThrownBy(() -> cache.get("key"))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("key");
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void loadersThatNeedEachOthersKeysDoNotHang() throws Exception {
    needs(Capability.WAITS_IN_THE_CACHE);
    List<Cache<String, Integer>> self = new ArrayList<>();
    CountDownLatch bothInside = new CountDownLatch(2);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  bothInside.countDown();
                  Threads.await(bothInside);
                  return self.get(0).get(key.equals("a") ? "b" : "a");
                }));
    self.add(cache);
    List<String> outcomes =
        Threads.race(
            2,
            i -> {
              try {
                return String.valueOf(cache.get(i == 0 ? "a" : "b"));
              } catch (CacheException e) {
                return "refused";
              }
            });
    assertThat(outcomes).contains("refused");
  }

  // ---- loadAll --------------------------------------------------------------------------------

  private static void loadAll(Cache<String, Integer> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get(Threads.SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void loadAllCallsTheLoaderOnce() throws Exception {
    Cache<String, Integer> cache = create(settings().loader(always(counting)));
    loadAll(cache, Set.of("a", "b", "c"), false);
    assertThat(counting.bulkLoads).hasValue(1);
    assertThat(cache.getAll(Set.of("a", "b", "c"))).hasSize(3);
  }

  @Test
  void loadAllKeepsWhatIsThere() throws Exception {
    Cache<String, Integer> cache = create(settings().loader(always(counting)));
    cache.put("present", -1);
    loadAll(cache, Set.of("present", "missing"), false);
    assertThat(cache.get("present")).isEqualTo(-1);
    assertThat(counting.values).hasValue(1);
  }

  @Test
  void loadAllReplacesWhatIsThereIfAsked() throws Exception {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(settings().loader(always(counting)).listener(synchronous(listener)));
    cache.put("present", -1);
    loadAll(cache, Set.of("present"), true);
    assertThat(cache.get("present")).isEqualTo(1);
    assertThat(listener.next(2))
        .containsExactly(Seen.created("present", -1), Seen.updated("present", -1, 1));
  }

  @Test
  void loadAllIsNotWrittenThrough() throws Exception {
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache =
        create(settings().readThrough(always(counting)).writeThrough(always(writer)));
    loadAll(cache, Set.of("a", "b"), true);
    cache.get("c");
    assertThat(writer.calls()).isEmpty();
  }

  @Test
  void loadAllWithoutLoaderCompletes() throws Exception {
    Cache<String, Integer> cache = create(settings());
    loadAll(cache, Set.of("a"), true);
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void loadAllOfNothingCompletes() throws Exception {
    loadAll(create(settings().loader(always(counting))), Set.of(), true);
    assertThat(counting.bulkLoads).hasValue(0);
  }

  /** Remembers how often it was told what. */
  private static final class Completion implements CompletionListener {
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void onCompletion() {
      told.add("completed");
    }

    @Override
    public void onException(Exception e) {
      told.add("failed");
    }

    String next() throws InterruptedException {
      return String.valueOf(told.poll(Threads.SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void loadAllReturnsBeforeTheLoaderDoes() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  Threads.await(gate);
                  return 1;
                }));
    Completion completion = new Completion();
    cache.loadAll(Set.of("key"), true, completion);
    assertThat(completion.told).isEmpty();
    gate.countDown();
    assertThat(completion.next()).isEqualTo("completed");
    assertThat(cache.containsKey("key")).isTrue();
  }

  @Test
  void failureOfLoadAllReachesItsListenerOnce() throws Exception {
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  throw new IllegalStateException("a loader that fails");
                }));
    Completion completion = new Completion();
    cache.loadAll(Set.of("key"), true, completion);
    assertThat(completion.next()).isEqualTo("failed");
    manager.close();
    assertThat(completion.told).isEmpty();
  }

  @Test
  void errorOfLoadAllReachesItsListenerOnce() throws Exception {
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  throw new StackOverflowError("an error that is no exception");
                }));
    Completion completion = new Completion();
    cache.loadAll(Set.of("key"), true, completion);
    assertThat(completion.next()).isEqualTo("failed");
    manager.close();
    assertThat(completion.told).isEmpty();
  }

  @Test
  void cacheThatClosesMeanwhileTellsTheListenerOnce() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  inside.countDown();
                  Threads.await(gate);
                  return 1;
                }));
    Completion completion = new Completion();
    cache.loadAll(Set.of("key"), true, completion);
    Threads.await(inside);
    try (Threads threads = new Threads()) {
      Future<String> closing =
          threads.start(
              () -> {
                cache.close();
                return "closed";
              });
      Threads.await(cache::isClosed);
      gate.countDown();
      assertThat(completion.next()).isIn("completed", "failed");
      assertThat(Threads.result(closing)).isEqualTo("closed");
    }
    manager.close();
    assertThat(completion.told).isEmpty();
  }

  @Test
  void failingCompletionListenerIsToldOnceAndHarmsNobody() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(1);
    CompletionListener failing =
        new CompletionListener() {
          @Override
          public void onCompletion() {
            calls.incrementAndGet();
            told.countDown();
            throw new IllegalStateException("a completion listener that fails");
          }

          @Override
          public void onException(Exception e) {
            calls.incrementAndGet();
          }
        };
    Cache<String, Integer> cache = readThrough(counting);
    cache.loadAll(Set.of("key"), true, failing);
    Threads.await(told);
    loadAll(cache, Set.of("other"), true);
    manager.close();
    assertThat(calls).hasValue(1);
  }

  @Test
  void loadWithoutListenerFailsSilently() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch called = new CountDownLatch(1);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  called.countDown();
                  if (calls.getAndIncrement() == 0) {
                    throw new IllegalStateException("a loader that fails");
                  }
                  return 1;
                }));
    cache.loadAll(Set.of("key"), true, null);
    Threads.await(called);
    loadAll(cache, Set.of("key"), true);
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void givenKeysAreReadBeforeLoadAllReturns() throws Exception {
    Set<String> keys = new TreeSet<>(Set.of("a", "b"));
    CountDownLatch gate = new CountDownLatch(1);
    Cache<String, Integer> cache =
        readThrough(
            new Loaders.Simple<>(
                key -> {
                  Threads.await(gate);
                  return 1;
                }));
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, true, done);
    keys.clear();
    gate.countDown();
    done.get(Threads.SECONDS, TimeUnit.SECONDS);
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(cache.containsKey("b")).isTrue();
  }

  // ---- who does not load ----------------------------------------------------------------------

  @Test
  void onlyReadersLoad() {
    Cache<String, Integer> cache = readThrough(counting);
    cache.containsKey("key");
    cache.getAndPut("a", 1);
    cache.getAndRemove("b");
    cache.getAndReplace("c", 1);
    cache.putIfAbsent("d", 1);
    cache.replace("e", 1);
    cache.replace("f", 1, 2);
    cache.remove("g");
    cache.remove("h", 1);
    cache.removeAll(Set.of("i"));
    cache.invoke("j", (entry, arguments) -> entry.exists());
    assertThat(counting.values).hasValue(0);
  }
}
