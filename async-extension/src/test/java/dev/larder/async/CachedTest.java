package dev.larder.async;

import static dev.larder.async.AsyncCacheContract.failure;
import static dev.larder.async.AsyncCacheContract.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.Ticker;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedTest {
  private static final AtomicLong NANOS = new AtomicLong();

  /** Time that tests move. */
  private static final class Clock implements Ticker {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public long getAsLong() {
      return NANOS.get();
    }
  }

  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:cached"), null);
  private final Cache<String, Integer> cache =
      manager.createCache(
          "lengths",
          LarderConfiguration.builder(String.class, Integer.class).ticker(new Clock()).build());
  private final AsyncCache<String, Integer> async = AsyncCache.of(cache);
  private final AsyncCache<String, String> locks =
      AsyncCache.of(
          manager.createCache(
              "locks", LarderConfiguration.builder(String.class, String.class).build()));
  private final Cached<String, Integer> cached = Cached.of(async);
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Throwable> told = new ArrayList<>();

  @AfterEach
  void close() {
    provider.close();
  }

  private Integer length(String text) {
    calls.incrementAndGet();
    return text.length();
  }

  /** A cache that fails whatever it is asked. */
  private static AsyncCache<String, Integer> broken() {
    CacheManager other = new LarderCachingProvider().getCacheManager();
    Cache<String, Integer> closed =
        other.createCache(
            "broken", LarderConfiguration.builder(String.class, Integer.class).build());
    AsyncCache<String, Integer> async = AsyncCache.of(closed);
    other.getCachingProvider().close();
    return async;
  }

  @Test
  void functionIsCalledOnceForAKey() {
    Function<String, Integer> length = cached.decorate(this::length);

    assertThat(length.apply("four")).isEqualTo(4);
    assertThat(length.apply("four")).isEqualTo(4);

    assertThat(calls).hasValue(1);
    assertThat(cache.get("four")).isEqualTo(4);
  }

  @Test
  void functionRunsOnTheCallersThread() {
    Thread caller = Thread.currentThread();

    assertThat(cached.get("a", () -> Thread.currentThread() == caller ? 1 : 0)).isEqualTo(1);
  }

  @Test
  void keyIsWhatItsFunctionMakesOfTheArgument() {
    Function<Integer, Integer> squares =
        cached.decorate(
            number -> "square of " + number,
            number -> {
              calls.incrementAndGet();
              return number * number;
            });

    assertThat(squares.apply(3)).isEqualTo(9);
    assertThat(squares.apply(3)).isEqualTo(9);

    assertThat(calls).hasValue(1);
    assertThat(cache.get("square of 3")).isEqualTo(9);
  }

  @Test
  void supplierIsAskedOnce() {
    Supplier<Integer> answer = cached.decorate("answer", calls::incrementAndGet);

    assertThat(answer.get()).isEqualTo(1);
    assertThat(answer.get()).isEqualTo(1);
  }

  @Test
  void asynchronousFunctionIsCalledOnceForAKey() {
    Function<String, CompletionStage<Integer>> length =
        cached.decorateAsync(text -> completedFuture(length(text)));

    assertThat(result(length.apply("four"))).isEqualTo(4);
    assertThat(result(length.apply("four"))).isEqualTo(4);

    assertThat(calls).hasValue(1);
  }

  @Test
  void falsyResultsAreResults() {
    Function<String, Integer> length = cached.decorate(this::length);

    assertThat(length.apply("")).isZero();
    assertThat(length.apply("")).isZero();
    assertThat(calls).hasValue(1);
  }

  @Test
  void nullIsNotKept() {
    assertThat(cached.get("a", () -> null)).isNull();
    assertThat(cached.get("a", () -> 1)).isEqualTo(1);
  }

  @Test
  void nullIsKeptWhereItIsAValue() {
    Cached<String, Integer> nulls = Cached.of(async.withNulls(Integer.MIN_VALUE));

    assertThat(nulls.get("a", () -> null)).isNull();
    assertThat(nulls.get("a", () -> 1)).isNull();
  }

  @Test
  void resultsLiveAsLongAsTheyShould() {
    Cached<String, Integer> brief = cached.timeToLive(Duration.ofMinutes(1));
    Cached<String, Integer> byResult = cached.timeToLive(result -> Duration.ofMinutes(result));

    brief.get("brief", () -> 1);
    byResult.get("one", () -> 1);
    byResult.get("three", () -> 3);
    cached.get("ever", () -> 1);
    NANOS.addAndGet(Duration.ofMinutes(2).toNanos());

    assertThat(cache).extracting(Cache.Entry::getKey).containsExactlyInAnyOrder("three", "ever");
  }

  @Test
  void skippedResultsAreNotKept() {
    Cached<String, Integer> even = cached.skip(result -> result % 2 == 1);

    even.get("odd", () -> 1);
    even.get("even", () -> 2);

    assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("even");
  }

  @Test
  void withoutReadingTheFunctionIsCalledAndItsResultKept() {
    cache.put("a", 1);

    assertThat(cached.withoutReading().get("a", () -> 2)).isEqualTo(2);
    assertThat(cache.get("a")).isEqualTo(2);
  }

  @Test
  void withoutWritingNothingIsKept() {
    assertThat(cached.withoutWriting().get("a", () -> 2)).isEqualTo(2);
    assertThat(cache.containsKey("a")).isFalse();
    cache.put("a", 1);
    assertThat(cached.withoutWriting().get("a", () -> 2)).isEqualTo(1);
  }

  @Test
  void exceptionOfTheFunctionIsTheCallers() {
    IOException expected = new IOException("no answer");

    assertThatThrownBy(
            () ->
                cached.call(
                    "a",
                    () -> {
                      throw expected;
                    }))
        .isSameAs(expected);
    assertThat(failure(cached.getAsync("b", () -> failedFuture(expected)))).isSameAs(expected);
    assertThat(cache).isEmpty();
  }

  @Test
  void brokenCacheBreaksNoCall() {
    Cached<String, Integer> sick = Cached.of(broken()).onFailure(told::add);

    assertThat(sick.get("a", () -> 1)).isEqualTo(1);
    assertThat(result(sick.getAsync("a", () -> completedFuture(2)))).isEqualTo(2);
    assertThat(sick.singleFlight().get("a", () -> 3)).isEqualTo(3);

    assertThat(told)
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(IllegalStateException.class::isInstance);
  }

  @Test
  void row107BrokenCacheIsToldOfOnceASecond() {
    Cached<String, Integer> sick = Cached.of(broken());
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("dev.larder.async");
    logger.setFilter(line -> lines.add(line.getMessage()));
    long start = System.nanoTime();
    try {
      for (int i = 0; i < 500; i++) {
        assertThat(sick.get("a", () -> 1)).isEqualTo(1);
      }
    } finally {
      logger.setFilter(null);
    }

    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertThat(lines).hasSizeLessThanOrEqualTo((int) (1 + seconds));
  }

  @Test
  void brokenListenerOfFailuresBreaksNoCall() {
    Cached<String, Integer> sick =
        Cached.of(broken())
            .onFailure(
                failure -> {
                  throw new IllegalStateException("even so");
                });

    assertThat(sick.get("a", () -> 1)).isEqualTo(1);
  }

  @Test
  void wrongTimeToLiveBreaksNoCall() {
    Cached<String, Integer> wrong = cached.timeToLive(result -> Duration.ZERO).onFailure(told::add);

    assertThat(wrong.get("a", () -> 1)).isEqualTo(1);
    assertThat(told).hasSize(1);
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void oneFlightServesAllWhoMissTogether() throws Exception {
    Cached<String, Integer> one = CachedStampede.of(async);
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    List<CompletionStage<Integer>> waiting =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    one.getAsync(
                        "a",
                        () -> {
                          calls.incrementAndGet();
                          return answer;
                        }))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> blocked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        blocked.add(
            threads.submit(
                () -> {
                  gate.countDown();
                  return one.get("a", calls::incrementAndGet);
                }));
      }
      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
      answer.complete(7);
      for (Future<Integer> future : blocked) {
        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(7);
      }
    } finally {
      threads.shutdownNow();
    }
    waiting.forEach(stage -> assertThat(result(stage)).isEqualTo(7));
    assertThat(calls).hasValue(1);
  }

  @Test
  void failedFlightFailsAllAndTheNextCallTriesAgain() {
    Cached<String, Integer> one = CachedStampede.of(async);
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    CompletionStage<Integer> first = one.getAsync("a", () -> answer);
    CompletionStage<Integer> second = one.getAsync("a", () -> completedFuture(1));

    answer.completeExceptionally(new IOException("no answer"));

    assertThat(failure(first)).hasMessage("no answer");
    assertThat(failure(second)).hasMessage("no answer");
    assertThat(one.get("a", () -> 2)).isEqualTo(2);
  }

  @Test
  void functionThatAsksForItselfDoesNotWaitForItself() {
    Cached<String, Integer> one = CachedStampede.of(async);

    assertThat(one.get("a", () -> one.get("a", () -> 1) + 1)).isEqualTo(2);
  }

  @Test
  void onlyTheOwnerOfTheLeaseCallsTheFunction() {
    Cached<String, Integer> here = CachedStampede.of(async, locks, Duration.ofMinutes(1));
    Cached<String, Integer> there = CachedStampede.of(async, locks, Duration.ofMinutes(1));
    CompletableFuture<Integer> answer = new CompletableFuture<>();

    CompletionStage<Integer> mine = here.getAsync("a", () -> answer);
    CompletionStage<Integer> theirs =
        there.getAsync("a", () -> completedFuture(calls.incrementAndGet()));
    answer.complete(7);

    assertThat(result(mine)).isEqualTo(7);
    assertThat(result(theirs)).isEqualTo(7);
    assertThat(calls).hasValue(0);
    assertThat(locks.cache()).isEmpty();
  }

  @Test
  void leaseThatIsOverHoldsNobodyUp() {
    Cached<String, Integer> here = CachedStampede.of(async, locks, Duration.ofMillis(50));
    result(locks.set("a", "somebody who died"));

    assertThat(here.get("a", () -> 1)).isEqualTo(1);
    assertThat(result(locks.get("a"))).isEqualTo("somebody who died");
  }

  @Test
  void brokenLocksBreakNoCall() {
    locks.cache().close();

    assertThat(CachedStampede.of(async, locks, Duration.ofMinutes(1)).get("a", () -> 1))
        .isEqualTo(1);
  }
}
