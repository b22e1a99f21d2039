package dev.larder.async;

import static dev.larder.async.AsyncCacheContract.failure;
import static dev.larder.async.AsyncCacheContract.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExecutorAsyncCacheTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  private CacheManager manager;
  private Cache<String, Integer> cache;
  private AsyncCache<String, Integer> async;

  @BeforeEach
  void createCache() {
    manager = Caching.getCachingProvider("dev.larder.LarderCachingProvider").getCacheManager();
    cache =
        InterceptedCache.of(
            manager.createCache(
                "numbers",
                new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class)),
            (operation, arguments) -> true);
    async = AsyncCache.of(cache, executor);
  }

  @AfterEach
  void close() throws InterruptedException {
    manager.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallThatWaitsForItsTurnIsNotOnTheExecutor() {
    async.put("a", 1);
    CompletionStage<Integer> get = async.get("a");
    assertThat(executor.ready()).isEqualTo(1);
    executor.runOne();
    assertThat(executor.ready()).isEqualTo(1);
    executor.runOne();
    assertThat(result(get)).isEqualTo(1);
  }

  @Test
  void callsOnDifferentKeysAreReadyTogether() {
    async.put("a", 1);
    async.put("b", 1);
    async.putAll(Map.of("c", 1, "d", 1));
    assertThat(executor.ready()).isEqualTo(3);
  }

  @Test
  void readsOfOneKeyAreReadyTogether() {
    async.get("a");
    async.containsKey("a");
    async.getAll(Set.of("a", "b"));
    assertThat(executor.ready()).isEqualTo(3);
    async.put("a", 1);
    async.get("a");
    assertThat(executor.ready()).isEqualTo(3);
  }

  @Test
  void changesWaitForTheReadsOfTheirKey() {
    Stream.<Runnable>of(
            () -> async.put("a", 1),
            () -> async.getAndPut("a", 1),
            () -> async.putAll(Map.of("a", 1)),
            () -> async.putIfAbsent("a", 1),
            () -> async.remove("a"),
            () -> async.remove("a", 1),
            () -> async.getAndRemove("a"),
            () -> async.replace("a", 1, 2),
            () -> async.replace("a", 1),
            () -> async.getAndReplace("a", 1),
            () -> async.removeAll(Set.of("a")),
            () -> async.removeAll(),
            () -> async.clear(),
            () -> async.invoke("a", (entry, arguments) -> null),
            () -> async.invokeAll(Set.of("a"), (entry, arguments) -> null))
        .forEach(
            call -> {
              async.get("a");
              call.run();
              assertThat(executor.ready()).isEqualTo(1);
              executor.runAll();
            });
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void aCallOnSeveralKeysHasItsPlaceInTheOrderOfEach() {
    async.put("a", 1);
    async.put("b", 2);
    CompletionStage<Map<String, Integer>> before = async.getAll(Set.of("a", "b"));
    async.putAll(Map.of("b", 3, "c", 4));
    CompletionStage<Map<String, Integer>> after = async.getAll(Set.of("a", "b", "c"));
    assertThat(executor.ready()).isEqualTo(2);
    executor.runAll();
    assertThat(result(before)).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(result(after)).isEqualTo(Map.of("a", 1, "b", 3, "c", 4));
  }

  @Test
  void clearHasItsPlaceInTheOrderOfAllKeys() {
    async.put("a", 1);
    async.clear();
    async.put("b", 2);
    assertThat(executor.ready()).isEqualTo(1);
    executor.runAll();
    assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("b");
  }

  @Test
  void aFailureDoesNotHoldUpTheNextCall() {
    CompletionStage<Integer> failing =
        async.invoke(
            "a",
            (entry, arguments) -> {
              throw new IllegalStateException();
            });
    CompletionStage<Boolean> next = async.putIfAbsent("a", 1);
    executor.runAll();
    assertThat(failure(failing)).isNotNull();
    assertThat(result(next)).isTrue();
  }

  @Test
  void anErrorFailsTheStage() {
    AssertionError error = new AssertionError();
    async =
        intercepted(
            (operation, arguments) -> {
              throw error;
            });
    CompletionStage<Integer> get = async.get("a");
    executor.runAll();
    assertThat(failure(get)).isSameAs(error);
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void slowCallsOnDifferentKeysRunSideBySide() {
    CyclicBarrier together = new CyclicBarrier(3);
    async =
        intercepted(
            threads,
            (operation, arguments) -> {
              together.await(30, TimeUnit.SECONDS);
              return true;
            });
    CompletionStage<Void> a = async.put("a", 1);
    CompletionStage<Void> b = async.put("b", 1);
    CompletionStage<Boolean> c = async.containsKey("c");
    result(CompletableFuture.allOf(a.toCompletableFuture(), b.toCompletableFuture()));
    assertThat(result(c)).isFalse();
  }

  @Test
  void manyCallersFindTheirOwnWrites() throws Exception {
    AsyncCache<String, Integer> shared =
        AsyncCache.of(
            cache,
            AsyncCache.Settings.builder().executor(threads).maxInFlight(Integer.MAX_VALUE).build());
    int callers = 4;
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(callers);
    List<Thread> callerThreads = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      List<CompletableFuture<Void>> own = new ArrayList<>();
      checks.add(new CompletableFuture<>());
      CompletableFuture<Void> check = checks.get(caller);
      int id = caller;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await(30, TimeUnit.SECONDS);
                  callAtRandom(shared, id, own);
                  CompletableFuture.allOf(own.toArray(new CompletableFuture<?>[0])).join();
                  check.complete(null);
                } catch (Throwable e) {
                  check.completeExceptionally(e);
                }
              });
      callerThreads.add(thread);
      thread.start();
    }
    checks.forEach(AsyncCacheContract::result);
    for (Thread thread : callerThreads) {
      thread.join();
    }
    assertThat(isIdle(shared)).isTrue();
  }

  /** Changes keys of its own, which hash alike, and reads them with everyone else's. */
  private static void callAtRandom(
      AsyncCache<String, Integer> shared, int id, List<CompletableFuture<Void>> checks) {
    Random random = new Random(id);
    Map<String, Integer> model = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      String key = (random.nextBoolean() ? "Aa" : "BB") + id;
      String other = (key.startsWith("Aa") ? "BB" : "Aa") + id;
      Integer before = model.get(key);
      CompletionStage<?> stage;
      Object expected;
      switch (random.nextInt(6)) {
        case 0 -> {
          stage = shared.put(key, step);
          expected = null;
          model.put(key, step);
        }
        case 1 -> {
          stage = shared.getAndPut(key, step);
          expected = before;
          model.put(key, step);
        }
        case 2 -> {
          stage = shared.putAll(Map.of(key, step, other, -step));
          expected = null;
          model.putAll(Map.of(key, step, other, -step));
        }
        case 3 -> {
          stage = shared.getAndRemove(key);
          expected = before;
          model.remove(key);
        }
        case 4 -> {
          stage = shared.getAll(Set.of(key, other));
          expected = Map.copyOf(model);
        }
        default -> {
          stage = shared.get(key);
          expected = before;
        }
      }
      checks.add(
          stage
              .thenAccept(result -> assertThat((Object) result).isEqualTo(expected))
              .toCompletableFuture());
    }
  }

  @Test
  void oneCallTooManyFailsAtOnceAndDoesNothing() {
    async =
        AsyncCache.of(
            cache, AsyncCache.Settings.builder().executor(executor).maxInFlight(2).build());
    async.put("a", 1);
    async.put("a", 2);
    CompletionStage<Void> refused = async.put("b", 1);
    assertThat(failure(refused))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("'numbers'")
        .hasMessageContaining("2 calls")
        .hasMessageContaining("maxInFlight");
    executor.runOne();
    CompletionStage<Void> accepted = async.put("c", 1);
    executor.runAll();
    result(accepted);
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void theDefaultBoundIs1024() {
    IntStream.range(0, 1_024).forEach(i -> async.put("" + i, i));
    assertThat(failure(async.get("a"))).isInstanceOf(RejectedExecutionException.class);
    executor.runAll();
    assertThat(cache).hasSize(1_024);
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void theBoundIsAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AsyncCache.Settings.builder().maxInFlight(0))
        .withMessage("maxInFlight is 0; it must be at least 1");
  }

  @Test
  void cancellingAFutureAffectsNothingElse() {
    AsyncCache<String, Integer> bounded =
        AsyncCache.of(
            cache, AsyncCache.Settings.builder().executor(executor).maxInFlight(3).build());
    CompletionStage<Void> started = bounded.put("a", 1);
    CompletionStage<Integer> waiting = bounded.getAndPut("a", 2);
    CompletionStage<Integer> last = bounded.get("a");
    assertThat(started.toCompletableFuture().cancel(true)).isTrue();
    assertThat(waiting.toCompletableFuture().cancel(true)).isTrue();
    assertThat(failure(bounded.get("b"))).isInstanceOf(RejectedExecutionException.class);
    executor.runAll();
    assertThat(result(last)).isEqualTo(2);
    assertThat(waiting.toCompletableFuture()).isCancelled();
    assertThat(isIdle(bounded)).isTrue();
  }

  @Test
  void dependentsMayWaitForCallsOnTheSameKey() {
    CountDownLatch gate = new CountDownLatch(1);
    async =
        intercepted(
            threads,
            (operation, arguments) -> !operation.equals("put") || gate.await(30, TimeUnit.SECONDS));
    CompletionStage<Void> put = async.put("a", 1);
    CompletionStage<Integer> waiting = async.get("a");
    CompletionStage<Integer> sum =
        put.thenApply(done -> result(waiting) + result(async.getAndPut("a", 2)));
    gate.countDown();
    assertThat(result(sum)).isEqualTo(2);
  }

  @Test
  void dependentsMayWaitForCallsThatTheExecutorRefuses() {
    async.put("a", 1);
    CompletionStage<Integer> first = async.get("a");
    CompletionStage<Integer> second = async.get("a");
    CompletionStage<Throwable> ofFirst = first.handle((value, e) -> failure(second));
    CompletionStage<Throwable> ofSecond = second.handle((value, e) -> failure(first));
    executor.shutDown();
    executor.runAll();
    assertThat(result(ofFirst)).isInstanceOf(RejectedExecutionException.class);
    assertThat(result(ofSecond)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aLoadKeepsItsKeysUntilTheListenerIsTold() {
    AtomicReference<CompletionListener> listener = new AtomicReference<>();
    async = loading(executor, listener);
    async.get("a");
    CompletionStage<Void> load = async.loadAll(Set.of("a"), true);
    CompletionStage<Integer> get = async.get("a");
    assertThat(executor.ready()).isEqualTo(1);
    executor.runAll();
    assertThat(load.toCompletableFuture()).isNotDone();
    cache.put("a", 1);
    listener.get().onCompletion();
    listener.get().onException(new IllegalStateException("told twice"));
    executor.runAll();
    assertThat(result(load)).isNull();
    assertThat(result(get)).isEqualTo(1);
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void dependentsOfALoadDoNotRunOnTheThreadThatEndsIt() throws InterruptedException {
    AtomicReference<CompletionListener> listener = new AtomicReference<>();
    async = loading(executor, listener);
    CompletionStage<Thread> dependent =
        async.loadAll(Set.of("a"), true).thenApply(done -> Thread.currentThread());
    executor.runAll();
    Thread loader = new Thread(() -> listener.get().onCompletion());
    loader.start();
    loader.join();
    executor.runAll();
    assertThat(result(dependent)).isSameAs(Thread.currentThread());
  }

  @Test
  void aLoadEndsEvenIfTheExecutorHasShutDown() {
    AtomicReference<CompletionListener> listener = new AtomicReference<>();
    async = loading(executor, listener);
    CompletionStage<Void> load = async.loadAll(Set.of("a"), true);
    executor.runAll();
    executor.shutDown();
    IllegalStateException failure = new IllegalStateException();
    listener.get().onException(failure);
    assertThat(failure(load)).isSameAs(failure);
    assertThat(isIdle(async)).isTrue();
  }

  private AsyncCache<String, Integer> loading(
      Executor executor, AtomicReference<CompletionListener> listener) {
    return intercepted(
        executor,
        (operation, arguments) -> {
          if (!operation.equals("loadAll")) {
            return true;
          }
          listener.set((CompletionListener) arguments[2]);
          return false;
        });
  }

  @Test
  void anExecutorThatRefusesFailsTheStage() {
    executor.shutDown();
    assertThat(failure(async.put("a", 1)))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("'numbers'")
        .hasRootCauseMessage("shut down");
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void anExecutorThatShutsDownFailsAllThatWait() {
    CompletionStage<Void> running = async.put("a", 0);
    List<CompletionStage<Void>> waiting =
        IntStream.range(0, 1_000).mapToObj(i -> async.put("a", i)).toList();
    executor.shutDown();
    executor.runAll();
    result(running);
    assertThat(waiting)
        .allSatisfy(
            stage -> assertThat(failure(stage)).isInstanceOf(RejectedExecutionException.class));
    assertThat(isIdle(async)).isTrue();
  }

  @Test
  void anExecutorMayRunCallsOnTheThreadThatMakesThem() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    async =
        intercepted(
            Runnable::run,
            (operation, arguments) -> {
              started.countDown();
              return !operation.equals("put") || gate.await(30, TimeUnit.SECONDS);
            });
    threads.execute(() -> async.put("a", 0));
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    List<CompletionStage<Integer>> waiting =
        IntStream.range(1, 1_024).mapToObj(i -> async.getAndPut("a", i)).toList();
    CompletionStage<Integer> dependent = waiting.get(1).thenApply(i -> result(waiting.get(0)));
    gate.countDown();
    assertThat(result(dependent)).isZero();
    for (int i = 0; i < waiting.size(); i++) {
      assertThat(result(waiting.get(i))).isEqualTo(i);
    }
  }

  @Test
  void aCallRunsWithTheContextClassLoaderOfItsCaller() throws Exception {
    List<ClassLoader> seen = new ArrayList<>();
    async =
        intercepted(
            (operation, arguments) -> seen.add(Thread.currentThread().getContextClassLoader()));
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader callers = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(callers);
      async.get("a");
      Thread.currentThread().setContextClassLoader(own);
      executor.runAll();
      assertThat(seen).containsExactly(callers);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
    }
  }

  @Test
  void aCallThatHasEndedKeepsNoClassLoader() throws Exception {
    Executor pool = DefaultExecutor.pool();
    async = AsyncCache.of(cache, pool);
    WeakReference<ClassLoader> callers = callFromAnApplication();
    cache.close();
    assertThat(eventually(() -> callers.refersTo(null))).isTrue();
  }

  private WeakReference<ClassLoader> callFromAnApplication() throws Exception {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(application);
      result(async.put("a", 1));
      return new WeakReference<>(application);
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  private static boolean eventually(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30)) {
        return false;
      }
      System.gc();
    }
    return true;
  }

  @Test
  void collectionsAndArgumentsAreCopied() {
    Map<String, Integer> entries = new HashMap<>(Map.of("a", 1));
    Set<String> keys = new HashSet<>(Set.of("a"));
    Object[] arguments = {2};
    async.putAll(entries);
    CompletionStage<Map<String, Integer>> all = async.getAll(keys);
    CompletionStage<Integer> sum =
        async.invoke("a", (entry, given) -> entry.getValue() + (Integer) given[0], arguments);
    entries.clear();
    keys.clear();
    arguments[0] = 3;
    executor.runAll();
    assertThat(result(all)).isEqualTo(Map.of("a", 1));
    assertThat(result(sum)).isEqualTo(3);
  }

  @Test
  void aWrongTypeFailsTheStage() {
    @SuppressWarnings({"rawtypes", "unchecked"}) // for the sake of the wrong type
    CompletionStage<Void> put = ((AsyncCache) async).put(1, "a");
    executor.runAll();
    assertThat(failure(put)).isInstanceOf(ClassCastException.class);
  }

  @Test
  void nothingIsMadeOfNull() {
    assertThatNullPointerException().isThrownBy(() -> AsyncCache.of(null)).withMessage("cache");
    assertThatNullPointerException()
        .isThrownBy(() -> AsyncCache.of(cache, (Executor) null))
        .withMessage("executor");
    assertThatNullPointerException()
        .isThrownBy(() -> AsyncCache.of(cache, (AsyncCache.Settings) null))
        .withMessage("settings");
  }

  @Test
  void namesItsCache() {
    assertThat(async).hasToString("Async(numbers)");
  }

  private AsyncCache<String, Integer> intercepted(InterceptedCache.Interceptor interceptor) {
    return intercepted(executor, interceptor);
  }

  private AsyncCache<String, Integer> intercepted(
      Executor executor, InterceptedCache.Interceptor interceptor) {
    return AsyncCache.of(
        InterceptedCache.of(
            cache,
            (operation, arguments) ->
                operation.equals("getName") || interceptor.before(operation, arguments)),
        executor);
  }

  private static boolean isIdle(AsyncCache<?, ?> cache) {
    return ((ExecutorCache<?, ?>) ((AsyncFront<?, ?>) cache).operations()).isIdle();
  }
}
