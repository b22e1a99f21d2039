package dev.larder.tck;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.async.AsyncCache;
import dev.larder.async.Cached;
import dev.larder.async.CachedStampede;
import dev.larder.async.MultiCached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The decorators of functions, on any backend. */
public abstract class DecoratorContract extends AsyncContract {
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Set<String>> asked = new ArrayList<>();
  private final List<Throwable> told = new ArrayList<>();
  private Cached<String, String> cached;
  private MultiCached<String, String> multiCached;

  /** Makes the contract one of a backend. */
  protected DecoratorContract(Subject subject) {
    super(subject);
  }

  @BeforeEach
  final void decorate() {
    cached = Cached.of(cache);
    multiCached = MultiCached.of(cache);
  }

  private String shout(String word) {
    calls.incrementAndGet();
    return word + "!";
  }

  private Map<String, String> shoutAll(Set<String> words) {
    asked.add(Set.copyOf(words));
    Map<String, String> shouts = new LinkedHashMap<>();
    words.forEach(word -> shouts.put(word, word + "!"));
    return shouts;
  }

  // ---- Cached ----------------------------------------------------------------------------------

  @Test
  @DisplayName("85 results are kept for their time to live")
  void resultsExpire() {
    Function<String, String> shout = cached.timeToLive(BRIEF).decorate(this::shout);
    assertThat(shout.apply("a")).isEqualTo("a!");
    assertThat(shout.apply("a")).isEqualTo("a!");
    assertThat(calls).hasValue(1);
    elapseBrief();
    assertThat(shout.apply("a")).isEqualTo("a!");
    assertThat(calls).hasValue(2);
  }

  @Test
  @DisplayName("85 a time to live may depend on the result")
  void timeToLiveOfTheResult() {
    Cached<String, String> byResult = cached.timeToLive(r -> r.equals("brief") ? BRIEF : LONG);
    byResult.get("a", () -> "brief");
    byResult.get("b", () -> "long");
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly(null, "long");
  }

  @Test
  @DisplayName("85 a time to live may be none, for ever, or left to the cache")
  void threeKindsOfTimeToLive() {
    Map<String, Duration> lifetimes = new HashMap<>();
    lifetimes.put("brief", BRIEF);
    lifetimes.put("ever", AsyncCache.FOREVER);
    lifetimes.put("default", null);
    AsyncCache<String, String> brief = cache.withTimeToLive(BRIEF);
    Cached<String, String> each = Cached.of(brief).timeToLive(lifetimes::get);
    lifetimes.keySet().forEach(word -> each.get(word, () -> word));
    var multi =
        MultiCached.of(brief)
            .timeToLive(lifetimes::get)
            .<String>decorate(
                number -> "multi" + number,
                words -> Map.of("1", "brief", "2", "ever", "3", "default"));
    assertThat(multi.apply(List.of("1", "2", "3"))).hasSize(3);
    assertThat(result(cache.getAll(Set.of("brief", "default", "multi1", "multi3")))).hasSize(4);
    elapseBrief();
    assertThat(
            result(cache.getAll(Set.of("brief", "ever", "default", "multi1", "multi2", "multi3"))))
        .containsOnlyKeys("ever", "multi2");
  }

  @Test
  @DisplayName("86 the key is what the key function says")
  void keyFunction() {
    Function<Integer, String> decorated = cached.decorate(n -> "key-" + n, n -> "v" + n);
    assertThat(decorated.apply(7)).isEqualTo("v7");
    assertThat(result(cache.get("key-7"))).isEqualTo("v7");
  }

  @Test
  @DisplayName("87 skipped results are returned and not kept")
  void skippedResults() {
    assertThat(cached.skip("skip"::equals).get("k", () -> "skip")).isEqualTo("skip");
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("87 a null result is not kept, unless null is a value")
  void nullResults() {
    assertThat(cached.get("k", () -> null)).isNull();
    assertThat(result(cache.exists("k"))).isFalse();
    Cached<String, String> nulls = Cached.of(cache.withNulls("\0null"));
    assertThat(nulls.get("k", () -> null)).isNull();
    assertThat(nulls.get("k", () -> shout("not called"))).isNull();
    assertThat(calls).hasValue(0);
  }

  @Test
  @DisplayName("89 a hit calls nothing")
  void hitCallsNothing() {
    result(cache.set("k", "kept"));
    assertThat(cached.get("k", () -> shout("k"))).isEqualTo("kept");
    assertThat(calls).hasValue(0);
  }

  @Test
  @DisplayName("89 a miss calls the function once and keeps its result")
  void missCallsOnce() {
    assertThat(cached.get("k", () -> shout("k"))).isEqualTo("k!");
    assertThat(calls).hasValue(1);
    assertThat(result(cache.get("k"))).isEqualTo("k!");
  }

  @Test
  @DisplayName("90 reading and writing can be left out")
  void readsAndWritesAreOptional() {
    result(cache.set("k", "kept"));
    assertThat(cached.withoutReading().withoutWriting().get("k", () -> "new")).isEqualTo("new");
    assertThat(result(cache.get("k"))).isEqualTo("kept");
    assertThat(cached.withoutWriting().get("k", () -> "new")).isEqualTo("kept");
    assertThat(cached.withoutReading().get("k", () -> "new")).isEqualTo("new");
    assertThat(result(cache.get("k"))).isEqualTo("new");
  }

  @Test
  @DisplayName("91 a cache that fails breaks no call, and is told of")
  void failingCacheBreaksNoCall() {
    Cached<String, String> sick = cached.onFailure(told::add);
    cache.cache().close();
    assertThat(sick.get("k", () -> "v")).isEqualTo("v");
    assertThat(result(sick.getAsync("k", () -> completedFuture("v")))).isEqualTo("v");
    assertThat(multiCached.onFailure(told::add).decorate(this::shoutAll).apply(List.of("a")))
        .containsExactly(Map.entry("a", "a!"));
    assertThat(told).hasSize(6);
  }

  @Test
  @DisplayName("91 what the function throws, the caller gets, and nothing is kept")
  void functionsFailuresAreTheCallers() {
    IllegalStateException expected = new IllegalStateException("no");
    assertThatThrownBy(
            () ->
                cached.get(
                    "k",
                    () -> {
                      throw expected;
                    }))
        .isSameAs(expected);
    assertThat(failure(cached.getAsync("k", () -> failedFuture(expected)))).isSameAs(expected);
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("92 who does not wait for the write gets the result all the same")
  void notWaitingForWrites() {
    assertThat(cached.withoutWaitingForWrites().get("k", () -> "v")).isEqualTo("v");
  }

  @Test
  @DisplayName("93 a decorator knows its cache")
  void decoratorKnowsItsCache() {
    assertThat(cached.timeToLive(BRIEF).cache()).isSameAs(cache);
  }

  // ---- CachedStampede --------------------------------------------------------------------------

  @Test
  @DisplayName("94 of those who miss together one calls the function")
  void stampedeCallsOnce() {
    Cached<String, String> one = CachedStampede.of(cache);
    CompletableFuture<String> answer = new CompletableFuture<>();
    List<CompletionStage<String>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    one.getAsync(
                        "k",
                        () -> {
                          calls.incrementAndGet();
                          return answer;
                        }))
            .toList();
    answer.complete("v");
    assertThat(all).allSatisfy(stage -> assertThat(result(stage)).isEqualTo("v"));
    assertThat(calls).hasValue(1);
  }

  @Test
  @DisplayName("79 of several JVMs that miss together one calls the function")
  void leasedStampedeCallsOnce() {
    var locks = async(String.class);
    CompletableFuture<String> answer = new CompletableFuture<>();
    List<CompletionStage<String>> all =
        IntStream.range(0, 4)
            .mapToObj(jvm -> CachedStampede.of(cache, locks, LONG)) // who share nothing else
            .map(
                jvm ->
                    jvm.getAsync(
                        "k",
                        () -> {
                          calls.incrementAndGet();
                          return answer;
                        }))
            .toList();
    answer.complete("v");
    assertThat(all).allSatisfy(stage -> assertThat(result(stage)).isEqualTo("v"));
    assertThat(calls).hasValue(1);
    assertThat(result(locks.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("82 a failure under a lease is the caller's, and the lock is free")
  void leasedStampedeFails() {
    var locks = async(String.class);
    Cached<String, String> leased = CachedStampede.of(cache, locks, LONG);
    IllegalStateException expected = new IllegalStateException("no");
    assertThat(failure(leased.getAsync("k", () -> failedFuture(expected)))).isSameAs(expected);
    assertThatThrownBy(
            () ->
                leased.get(
                    "k",
                    () -> {
                      throw expected;
                    }))
        .isSameAs(expected);
    assertThat(result(locks.exists("k"))).isFalse();
    assertThat(leased.get("k", () -> "v")).isEqualTo("v");
  }

  @Test
  @DisplayName("79 locks that would be taken for results are refused")
  void locksAreNoResults() {
    Cached<String, String> mixed =
        CachedStampede.of(cache, AsyncCache.of(cache.cache()).withTimeToLive(LONG), LONG);
    refused(IllegalArgumentException.class, () -> mixed.get("k", () -> "v"));
    refused(IllegalArgumentException.class, () -> mixed.getAsync("k", () -> failedFuture(null)));
  }

  @Test
  @DisplayName("91 locks that fail break no call")
  void failingLocksBreakNoCall() {
    var locks = async(String.class);
    result(locks.close());
    Cached<String, String> leased = CachedStampede.of(cache, locks, LONG);
    assertThat(leased.get("a", () -> "v")).isEqualTo("v");
    assertThat(result(leased.getAsync("b", () -> completedFuture("v")))).isEqualTo("v");
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly("v", "v");
  }

  @Test
  @DisplayName("87 skipped results are not kept with a single flight either")
  void stampedeSkips() {
    assertThat(CachedStampede.of(cache).skip("skip"::equals).get("k", () -> "skip"))
        .isEqualTo("skip");
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("82 a failure is shared by those who wait, and forgotten")
  void stampedeSharesFailures() {
    Cached<String, String> one = CachedStampede.of(cache);
    boolean shared = false;
    for (int round = 0; round < 100 && !shared; round++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      AtomicInteger callsNow = new AtomicInteger();
      Supplier<CompletionStage<String>> function =
          () -> {
            callsNow.incrementAndGet();
            return answer;
          };
      CompletionStage<String> first = one.getAsync("k", function);
      CompletionStage<String> second = one.getAsync("k", function);
      result(cache.exists("k")); // the two have looked by now, so most likely one joins the other
      answer.completeExceptionally(new IllegalStateException("no"));
      assertThat(failure(first)).hasMessage("no");
      assertThat(failure(second)).hasMessage("no");
      shared = callsNow.get() == 1;
    }
    assertThat(shared).isTrue();
    assertThat(one.get("k", () -> "v")).isEqualTo("v");
  }

  // ---- MultiCached -----------------------------------------------------------------------------

  private Map<String, String> shoutsOf(String... words) {
    return multiCached.decorate(this::shoutAll).apply(List.of(words));
  }

  @Test
  @DisplayName("95 if nothing is kept, the function is called with all, once")
  void nothingKept() {
    assertThat(shoutsOf("a", "b")).containsExactly(Map.entry("a", "a!"), Map.entry("b", "b!"));
    assertThat(asked).containsExactly(Set.of("a", "b"));
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly("a!", "b!");
  }

  @Test
  @DisplayName("95 if some are kept, the function is called with the others")
  void someKept() {
    result(cache.set("a", "kept"));
    assertThat(shoutsOf("a", "b")).containsExactly(Map.entry("a", "kept"), Map.entry("b", "b!"));
    assertThat(asked).containsExactly(Set.of("b"));
  }

  @Test
  @DisplayName("95 if all are kept, the function is not called")
  void allKept() {
    result(cache.multiSet(Map.of("a", "1", "b", "2")));
    assertThat(shoutsOf("b", "a")).containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
    assertThat(asked).isEmpty();
  }

  @Test
  @DisplayName("95 without arguments the function is called with none")
  void noArguments() {
    assertThat(shoutsOf()).isEmpty();
    assertThat(asked).containsExactly(Set.of());
  }

  @Test
  @DisplayName("95 hits are not written again: they expire when they should")
  void hitsAreNotWritten() {
    result(cache.set("a", "kept", BRIEF));
    shoutsOf("a", "b");
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly(null, "b!");
  }

  @Test
  @DisplayName("96 results are under the arguments, entries under the keys")
  void keysOfArguments() {
    Function<Collection<? extends Integer>, Map<Integer, String>> names =
        multiCached.decorate(
            number -> "n" + number,
            numbers -> {
              Map<Integer, String> all = new LinkedHashMap<>();
              numbers.forEach(number -> all.put(number, "#" + number));
              return all;
            });
    assertThat(names.apply(List.of(1, 2))).isEqualTo(Map.of(1, "#1", 2, "#2"));
    assertThat(result(cache.multiGet(List.of("n1", "n2", "1")))).containsExactly("#1", "#2", null);
    assertThat(names.apply(Set.of(2))).isEqualTo(Map.of(2, "#2"));
  }

  @Test
  @DisplayName("97 results are skipped one by one")
  void skippedOneByOne() {
    assertThat(multiCached.skip("b!"::equals).decorate(this::shoutAll).apply(List.of("a", "b")))
        .containsOnlyKeys("a", "b");
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly("a!", null);
  }

  @Test
  @DisplayName("98 what the function adds is kept and returned")
  void additionsAreKept() {
    Map<String, String> found =
        multiCached.decorate(words -> Map.of("a", "1", "extra", "2")).apply(List.of("a"));
    assertThat(found).isEqualTo(Map.of("a", "1", "extra", "2"));
    assertThat(result(cache.get("extra"))).isEqualTo("2");
  }

  @Test
  @DisplayName("98 what was just found counts more than what was kept")
  void freshBeatsKept() {
    result(cache.set("a", "kept"));
    Map<String, String> found =
        multiCached.decorate(words -> Map.of("a", "fresh", "b", "2")).apply(List.of("a", "b"));
    assertThat(found).isEqualTo(Map.of("a", "fresh", "b", "2"));
    assertThat(result(cache.get("a"))).isEqualTo("fresh");
  }

  @Test
  @DisplayName("98 asynchronous functions work the same")
  void asynchronousFunctions() {
    result(cache.set("a", "kept"));
    assertThat(
            result(
                multiCached
                    .decorateAsync(words -> completedFuture(shoutAll(words)))
                    .apply(List.of("a", "b"))))
        .isEqualTo(Map.of("a", "kept", "b", "b!"));
    assertThat(asked).containsExactly(Set.of("b"));
  }

  @Test
  @DisplayName("97 results with different times to live expire apart")
  void resultsExpireApart() {
    assertThat(
            multiCached
                .timeToLive(result -> result.equals("a!") ? BRIEF : LONG)
                .decorate(this::shoutAll)
                .apply(List.of("a", "b")))
        .containsOnlyKeys("a", "b");
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly(null, "b!");
  }
}
