package dev.larder.tck;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.larder.async.AsyncCache;
import dev.larder.async.KeyExistsException;
import dev.larder.async.VersionedValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The commands of an asynchronous cache, on any backend. */
public abstract class CommandContract extends AsyncContract {
  /** Makes the contract one of a backend. */
  protected CommandContract(Subject subject) {
    super(subject);
  }

  // ---- get, set, multi-get, multi-set ----------------------------------------------------------

  @Test
  @DisplayName("1 get of a missing key is the default that was asked for")
  void missingKeyHasTheDefault() {
    assertThat(result(cache.get("k", "default"))).isEqualTo("default");
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("1 the default may be null")
  void defaultMayBeNull() {
    assertThat(result(cache.get("k", null))).isNull();
  }

  @Test
  @DisplayName("2 put is set")
  void putIsSet() {
    result(cache.put("k", "value"));
    assertThat(result(cache.get("k"))).isEqualTo("value");
    assertThat(cache.cache().get("k")).isEqualTo("value");
  }

  @Test
  @DisplayName("2 waiting callers of the cache see the same entries")
  void waitingCallersSeeTheSame() {
    cache.cache().put("k", "value");
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  // ---- add, exists -----------------------------------------------------------------------------

  @Test
  @DisplayName("9 add of an existing key fails and changes nothing")
  void addRefusesExisting() {
    result(cache.set("k", "value"));
    assertThat(failure(cache.add("k", "other")))
        .isInstanceOf(KeyExistsException.class)
        .hasMessageContainingAll("key k", "use set");
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("9 add of an existing key leaves its time to live alone")
  void refusedAddKeepsTimeToLive() {
    result(cache.set("k", "value"));
    assertThat(failure(cache.add("k", "other", BRIEF))).isInstanceOf(KeyExistsException.class);
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("9 of many adds at the same time one succeeds")
  void oneAddSucceeds() {
    List<CompletionStage<Boolean>> added =
        IntStream.range(0, 50)
            .mapToObj(i -> cache.add("k", "v" + i).handle((done, failure) -> failure == null))
            .toList();
    assertThat(added.stream().filter(AsyncContract::result)).hasSize(1);
  }

  // ---- increment -------------------------------------------------------------------------------

  @Test
  @DisplayName("11 increment of a missing key is the delta")
  void incrementCreates() {
    for (long delta : new long[] {2, -2, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(result(numbers.increment("k" + delta, delta))).isEqualTo(delta);
      assertThat(result(numbers.get("k" + delta))).isEqualTo(delta);
    }
  }

  @Test
  @DisplayName("12 increment adds")
  void incrementAdds() {
    result(numbers.set("k", 2L));
    assertThat(result(numbers.increment("k", 2))).isEqualTo(4);
    assertThat(result(numbers.increment("k"))).isEqualTo(5);
    assertThat(result(numbers.increment("k", -3))).isEqualTo(2);
  }

  @Test
  @DisplayName("12 increment is exact at zero and below")
  void incrementBelowZero() {
    result(numbers.set("k", 2L));
    assertThat(result(numbers.increment("k", -2))).isZero();
    assertThat(result(numbers.increment("k", -2))).isEqualTo(-2);
    assertThat(result(numbers.increment("k", 5))).isEqualTo(3);
  }

  @Test
  @DisplayName("12 concurrent increments all count")
  void incrementsAllCount() {
    List<CompletionStage<Long>> sums =
        IntStream.range(0, 100).mapToObj(i -> numbers.increment("k", i % 2 == 0 ? 3 : -1)).toList();
    sums.forEach(AsyncContract::result);
    assertThat(result(numbers.get("k"))).isEqualTo(100);
  }

  @Test
  @DisplayName("12 increment works on text that is a number")
  void incrementOfText() {
    result(cache.set("k", "41"));
    assertThat(result(cache.increment("k"))).isEqualTo(42);
    assertThat(result(cache.get("k"))).isEqualTo("42");
  }

  @Test
  @DisplayName("12 increment works on integers")
  void incrementOfIntegers() {
    AsyncCache<String, Integer> integers = async(Integer.class);
    assertThat(result(integers.increment("k", 7))).isEqualTo(7);
    assertThat(result(integers.get("k"))).isEqualTo(7);
  }

  @Test
  @DisplayName("13 increment of other text fails and changes nothing")
  void incrementOfOtherText() {
    result(cache.set("k", "value"));
    assertThat(failure(cache.increment("k", 2)))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("key k", "'value'", "2 cannot be added");
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("13 increment beyond the range fails and changes nothing")
  void incrementOverflow() {
    result(numbers.set("k", Long.MAX_VALUE));
    assertThat(failure(numbers.increment("k"))).isInstanceOf(CacheException.class);
    assertThat(result(numbers.get("k"))).isEqualTo(Long.MAX_VALUE);
  }

  // ---- times to live ---------------------------------------------------------------------------

  @Test
  @DisplayName("5 setting again replaces the time to live")
  void setReplacesTimeToLive() {
    result(cache.set("k", "old", BRIEF));
    result(cache.set("k", "new", LONG));
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("new");
  }

  @Test
  @DisplayName("5 setting again without a time to live removes it")
  void setRemovesTimeToLive() {
    result(cache.set("k", "old", BRIEF));
    result(cache.set("k", "new", AsyncCache.FOREVER));
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("new");
  }

  @Test
  @DisplayName("7 multi-set with a time to live expires")
  void multiSetExpires() {
    result(cache.multiSet(Map.of("a", "1", "b", "2"), BRIEF));
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly("1", "2");
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b")))).containsExactly(null, null);
  }

  @Test
  @DisplayName("8 set with a time to live expires")
  void setExpires() {
    result(cache.set("k", "value", BRIEF));
    assertThat(result(cache.get("k"))).isEqualTo("value");
    elapseBrief();
    assertThat(result(cache.get("k"))).isNull();
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("8 add with a time to live expires, and the key is free again")
  void addExpires() {
    result(cache.add("k", "value", BRIEF));
    elapseBrief();
    result(cache.add("k", "other"));
    assertThat(result(cache.get("k"))).isEqualTo("other");
  }

  @Test
  @DisplayName("14 expire of an existing key lets it expire")
  void expireExpires() {
    result(cache.set("k", "value"));
    assertThat(result(cache.expire("k", BRIEF))).isTrue();
    assertThat(result(cache.get("k"))).isEqualTo("value");
    elapseBrief();
    assertThat(result(cache.get("k"))).isNull();
  }

  @Test
  @DisplayName("15 expire for ever removes the time to live")
  void expireForever() {
    result(cache.set("k", "value", BRIEF));
    assertThat(result(cache.expire("k", AsyncCache.FOREVER))).isTrue();
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("15 expire for ever of a key that never expires is true")
  void expireForeverTwice() {
    result(cache.set("k", "value"));
    assertThat(result(cache.expire("k", AsyncCache.FOREVER))).isTrue();
  }

  @Test
  @DisplayName("16 expire of a missing key is false")
  void expireOfNothing() {
    assertThat(result(cache.expire("k", BRIEF))).isFalse();
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("22 the default is that of the view, for set, add and multi-set")
  void defaultOfTheView() {
    AsyncCache<String, String> brief = cache.withTimeToLive(BRIEF);
    result(brief.set("a", "1"));
    result(brief.add("b", "2"));
    result(brief.multiSet(Map.of("c", "3")));
    result(brief.putIfAbsent("d", "4"));
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b", "c", "d")))).containsOnlyNulls();
  }

  @Test
  @DisplayName("22 the default is that of the cache's expiry policy")
  void defaultOfThePolicy() {
    AsyncCache<String, String> policed =
        AsyncCache.of(
            create(
                settings(String.class, String.class)
                    .expiryPolicy(
                        CreatedExpiryPolicy.factoryOf(
                            new javax.cache.expiry.Duration(TimeUnit.SECONDS, 1)))));
    result(policed.set("policy", "1"));
    result(policed.set("own", "2", LONG));
    result(policed.set("ever", "3", AsyncCache.FOREVER));
    elapseBrief();
    assertThat(result(policed.multiGet(List.of("policy", "own", "ever"))))
        .containsExactly(null, "2", "3");
  }

  @Test
  @DisplayName("22 a call's own time to live wins over the view's")
  void ownTimeToLiveWins() {
    AsyncCache<String, String> brief = cache.withTimeToLive(BRIEF);
    result(brief.set("a", "1", LONG));
    result(brief.set("b", "2", AsyncCache.FOREVER));
    result(brief.add("c", "3", LONG));
    result(brief.multiSet(Map.of("d", "4"), LONG));
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("a", "b", "c", "d"))))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  @DisplayName("22 a time to live of zero or less is refused")
  void timeToLiveMustBePositive() {
    refused(IllegalArgumentException.class, () -> cache.set("k", "v", Duration.ZERO));
    refused(IllegalArgumentException.class, () -> cache.add("k", "v", Duration.ofSeconds(-1)));
    refused(IllegalArgumentException.class, () -> cache.expire("k", Duration.ZERO));
    refused(IllegalArgumentException.class, () -> cache.withTimeToLive(Duration.ZERO));
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("37 fractions of a second are kept")
  void fractionsOfASecond() {
    result(cache.set("k", "value", Duration.ofMillis(1_500)));
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("value");
    elapse(Duration.ofMillis(500));
    assertThat(result(cache.get("k"))).isNull();
  }

  @Test
  @DisplayName("47 increment keeps the time to live")
  void incrementKeepsTimeToLive() {
    result(numbers.set("k", 1L, BRIEF));
    result(numbers.increment("k"));
    elapseBrief();
    assertThat(result(numbers.get("k"))).isNull();
  }

  // ---- clear, close ----------------------------------------------------------------------------

  @Test
  @DisplayName("18 what only the asynchronous front has is refused by a closed cache, too")
  void closedCacheFailsTheStage() {
    VersionedValue<String> seen = result(cache.set("k", "1").thenCompose(done -> cache.gets("k")));
    result(cache.close());
    List<CompletionStage<?>> stages =
        List.of(
            cache.get("k", "default"),
            cache.set("k", "v", LONG),
            cache.multiSet(Map.of("k", "v"), LONG),
            cache.add("k", "v", LONG),
            cache.increment("k"),
            cache.gets("k"),
            cache.cas("k", seen, "v"),
            cache.expire("k", LONG),
            cache.raw("GET", "k"));
    assertThat(stages)
        .allSatisfy(stage -> assertThat(failure(stage)).isInstanceOf(IllegalStateException.class));
  }

  @Test
  @DisplayName("40 what is set after clear does not expire with what was before")
  void clearForgetsTimesToLive() {
    result(cache.set("k", "old", BRIEF));
    result(cache.clear());
    result(cache.set("k", "new"));
    elapseBrief();
    assertThat(result(cache.get("k"))).isEqualTo("new");
  }

  // ---- values and nulls ------------------------------------------------------------------------

  @Test
  @DisplayName("21 falsy values are values")
  void falsyValuesAreValues() {
    AsyncCache<String, Object> any = async(Object.class);
    for (Object falsy : Arrays.asList(false, 0, 0L, 0.0, "", List.of(), Map.of())) {
      result(any.set("k", falsy));
      assertThat(result(any.get("k", "default"))).isEqualTo(falsy);
      assertThat(result(any.multiGet(List.of("k")))).containsExactly(falsy);
    }
  }

  @Test
  @DisplayName("1 null is refused where it is no value")
  @SuppressWarnings("NullAway") // that is the point
  void nullIsRefused() {
    refused(NullPointerException.class, () -> cache.set("k", null));
    refused(NullPointerException.class, () -> cache.set(null, "v"));
    refused(NullPointerException.class, () -> cache.get(null));
    refused(NullPointerException.class, () -> cache.multiGet(Arrays.asList("a", null)));
    refused(NullPointerException.class, () -> cache.set("k", "v", null));
    refused(NullPointerException.class, () -> cache.multiSet(null));
    refused(NullPointerException.class, () -> cache.add(null, "v"));
    refused(NullPointerException.class, () -> cache.exists(null));
    refused(NullPointerException.class, () -> cache.delete(null));
    refused(NullPointerException.class, () -> cache.increment(null));
    refused(NullPointerException.class, () -> cache.expire(null, LONG));
    refused(NullPointerException.class, () -> cache.expire("k", null));
    refused(NullPointerException.class, () -> cache.gets(null));
    refused(NullPointerException.class, () -> cache.cas("k", null, "v"));
    refused(NullPointerException.class, () -> cache.raw(null));
    refused(NullPointerException.class, () -> cache.raw("GET", (Object) null));
    refused(NullPointerException.class, () -> cache.withTimeToLive(null));
    refused(NullPointerException.class, () -> cache.withTimeout(null));
    refused(NullPointerException.class, () -> cache.withNulls(null));
    refused(NullPointerException.class, () -> cache.withNamespace(null));
    refused(NullPointerException.class, () -> cache.withSerializer(null));
  }

  @Test
  @DisplayName("1 a stored null is no miss where null is a value")
  void storedNullIsNoMiss() {
    AsyncCache<String, String> nulls = cache.withNulls("\0null");
    result(nulls.set("k", null));
    assertThat(result(nulls.get("k"))).isNull();
    assertThat(result(nulls.get("k", "default"))).isNull();
    assertThat(result(nulls.get("missing", "default"))).isEqualTo("default");
    assertThat(result(nulls.exists("k"))).isTrue();
    assertThat(result(nulls.multiGet(List.of("k", "missing")))).containsExactly(null, null);
    assertThat(result(nulls.getAll(Set.of("k", "missing")))).containsOnlyKeys("k");
    assertThat(failure(nulls.add("k", "v"))).isInstanceOf(KeyExistsException.class);
    assertThat(result(nulls.delete("k"))).isEqualTo(1);
  }

  @Test
  @DisplayName("1 multi-set takes nulls where null is a value")
  void multiSetTakesNulls() {
    AsyncCache<String, String> nulls = cache.withNulls("\0null");
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("a", null);
    entries.put("b", "2");
    result(nulls.multiSet(entries));
    assertThat(result(nulls.get("a", "default"))).isNull();
    assertThat(result(nulls.get("b"))).isEqualTo("2");
  }

  // ---- timeouts, bounds, stages ----------------------------------------------------------------

  @Test
  @DisplayName("24 a call that takes longer than its timeout fails, and goes on")
  void timeoutFails() {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletionStage<String> invoked =
        cache
            .withTimeout(Duration.ofMillis(50))
            .invoke(
                "k",
                (entry, arguments) -> {
                  begun.complete(true);
                  entry.setValue(answer.join());
                  return "done";
                });
    assertThat(failure(invoked))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("INVOKE", "PT0.05S", "may take effect later");
    assertThat(result(begun)).isTrue();
    answer.complete("value");
    assertThat(readInTurn("k")).isEqualTo("value");
  }

  /** Reads a value when whoever works on its key has ended. */
  private String readInTurn(String key) {
    CompletionStage<String> read = cache.invoke(key, (entry, arguments) -> entry.getValue());
    return result(read);
  }

  @Test
  @DisplayName("25 a call's own timeout wins over the view's")
  void ownTimeoutWins() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletionStage<String> invoked =
        cache
            .withTimeout(Duration.ofNanos(1))
            .withTimeout(AsyncCache.FOREVER)
            .invoke("k", (entry, arguments) -> answer.join());
    answer.complete("done");
    assertThat(result(invoked)).isEqualTo("done");
  }

  @Test
  @DisplayName("25 a call that is quick enough does not see its timeout")
  void quickCallsAreNotTimedOut() {
    AsyncCache<String, String> timed = cache.withTimeout(Duration.ofMinutes(1));
    result(timed.set("k", "value"));
    assertThat(result(timed.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("24 one call more than may be in flight is refused, and nothing is done")
  void inFlightIsBounded() {
    AsyncCache<String, String> bounded =
        async(String.class, AsyncCache.Settings.builder().maxInFlight(2).build());
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletionStage<String> first = bounded.invoke("a", (entry, arguments) -> answer.join());
    CompletionStage<String> second = bounded.invoke("b", (entry, arguments) -> answer.join());
    assertThat(failure(bounded.set("c", "v")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("2 calls are in flight");
    answer.complete("done");
    assertThat(result(first)).isEqualTo("done");
    assertThat(result(second)).isEqualTo("done");
    assertThat(result(bounded.exists("c"))).isFalse();
  }

  @Test
  @DisplayName("24 a cancelled stage cancels nothing else")
  void cancellationIsPrivate() {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletionStage<String> invoked =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              begun.complete(true);
              entry.setValue(answer.join());
              return "done";
            });
    assertThat(result(begun)).isTrue();
    assertThat(invoked.toCompletableFuture().cancel(true)).isTrue();
    answer.complete("value");
    assertThat(readInTurn("k")).isEqualTo("value");
  }

  @Test
  @DisplayName("24 nobody waits for whoever works on the same key")
  void callersAreNotKept() {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletionStage<String> working =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              begun.complete(true);
              return answer.join();
            });
    result(begun);
    List<CompletionStage<?>> others =
        List.of(
            cache.get("k"),
            cache.gets("k"),
            cache.exists("k"),
            cache.set("k", "1"),
            cache.put("k", "2"),
            cache.putIfAbsent("k", "3"),
            cache.multiSet(Map.of("k", "4", "other", "5")),
            cache.getAndPut("k", "6"),
            cache.replace("k", "6", "7"),
            cache.expire("k", LONG),
            cache.increment("k"),
            cache.delete("k"),
            cache.removeAll(Set.of("k", "other")),
            cache.clear());
    answer.complete("done"); // this thread would not have come here
    assertThat(result(working)).isEqualTo("done");
    others.forEach(AsyncContract::result);
  }

  @Test
  @DisplayName("24 what depends on a stage may wait for further calls")
  void dependentsMayWait() {
    CompletionStage<String> chained =
        cache
            .set("k", "value")
            .thenApply(done -> result(cache.get("k")))
            .thenCompose(value -> completedFuture(value + result(cache.get("k"))));
    assertThat(result(chained)).isEqualTo("valuevalue");
  }

  @Test
  @DisplayName("24 many calls at once all come back")
  void manyCallsComeBack() {
    List<CompletionStage<Void>> sets =
        IntStream.range(0, 500).mapToObj(i -> cache.set("k" + i, "v" + i)).toList();
    sets.forEach(AsyncContract::result);
    List<String> keys = IntStream.range(0, 500).mapToObj(i -> "k" + i).toList();
    assertThat(result(cache.multiGet(keys)))
        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "v" + i).toList());
  }

  @Test
  @DisplayName("38 raw in memory works on the map, by keys as the cache has them")
  void rawWorksOnTheMap() {
    needs(Capability.NO_SERVER);
    assertThat(result(cache.raw("putIfAbsent", "k", "value"))).isNull();
    assertThat(result(cache.raw("putIfAbsent", "k", "other"))).isEqualTo("value");
    assertThat(result(cache.raw("get", "k"))).isEqualTo("value");
    assertThat(result(cache.raw("keySet"))).isEqualTo(Set.of("k"));
    assertThat(result(cache.get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("38 raw in memory refuses other commands, arguments and types")
  void rawInMemoryRefuses() {
    needs(Capability.NO_SERVER);
    assertThat(failure(cache.raw("setdefault", "k", "value")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'setdefault'", "putIfAbsent");
    assertThat(failure(cache.raw("get")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'get' does not take 0 arguments", "get key");
    assertThat(failure(cache.raw("get", 1))).isInstanceOf(ClassCastException.class);
    assertThat(failure(cache.raw("put", "k", 1))).isInstanceOf(ClassCastException.class);
    assertThat(result(cache.raw("isEmpty"))).isEqualTo(true);
  }

  @Test
  @DisplayName("38 raw of an unknown command of a server fails clearly")
  void unknownRawCommandFails() {
    assumeFalse(subject.capabilities().contains(Capability.NO_SERVER));
    assertThat(failure(cache.raw("nonsense"))).message().containsIgnoringCase("'nonsense'");
    result(cache.set("k", "still there"));
    assertThat(result(cache.get("k"))).isEqualTo("still there");
  }
}
