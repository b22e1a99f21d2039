package dev.larder.tck;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.tck.RecordingListener.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Entries that outlive their time: when they expire, that nobody sees them from then on, and who is
 * told.
 */
public abstract class ExpiryContract extends CacheContract {

  /** Tests this backend. */
  protected ExpiryContract(Subject subject) {
    super(subject);
  }

  @BeforeEach
  final void needTime() {
    needs(Capability.ELAPSING_TIME);
  }

  private Cache<String, Integer> expiring(Factory<? extends ExpiryPolicy> policy) {
    Cache<String, Integer> cache = create(settings().expiryPolicy(policy));
    cache.put("key", 1);
    return cache;
  }

  private Cache<String, Integer> created() {
    return expiring(CreatedExpiryPolicy.factoryOf(CACHE_TTL));
  }

  // ---- the policies of JSR-107 ----------------------------------------------------------------

  @Test
  void eternalEntryStays() {
    Cache<String, Integer> cache = expiring(EternalExpiryPolicy.factoryOf());
    elapse(java.time.Duration.ofDays(36_500));
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void createdEntryLivesUntilItsTimeIsUp() {
    Cache<String, Integer> cache = created();
    elapse(TTL.minusMinutes(1));
    assertThat(cache.get("key")).isEqualTo(1);
    elapse(java.time.Duration.ofMinutes(1));
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void createdEntryLivesNoLongerForReads() {
    Cache<String, Integer> cache = created();
    elapse(HALF);
    assertThat(cache.get("key")).isEqualTo(1);
    elapse(HALF);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void createdEntryLivesNoLongerForUpdates() {
    Cache<String, Integer> cache = created();
    elapse(HALF);
    cache.put("key", 2);
    cache.replace("key", 3);
    elapse(HALF);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void recreatedEntryLivesAnew() {
    Cache<String, Integer> cache = created();
    elapse(HALF);
    cache.remove("key");
    cache.put("key", 2);
    elapse(HALF);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void modifiedEntryLivesLongerForUpdates() {
    Cache<String, Integer> cache = expiring(ModifiedExpiryPolicy.factoryOf(CACHE_TTL));
    elapse(HALF);
    cache.put("key", 2);
    elapse(HALF);
    assertThat(cache.get("key")).isEqualTo(2);
    elapse(HALF);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void modifiedEntryLivesNoLongerForReads() {
    Cache<String, Integer> cache = expiring(ModifiedExpiryPolicy.factoryOf(CACHE_TTL));
    elapse(HALF);
    assertThat(cache.get("key")).isEqualTo(1);
    elapse(HALF);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void accessedEntryLivesNoLongerForUpdates() {
    Cache<String, Integer> cache = expiring(AccessedExpiryPolicy.factoryOf(CACHE_TTL));
    elapse(HALF);
    cache.put("key", 2);
    elapse(HALF);
    assertThat(cache.get("key")).isNull();
  }

  @TestFactory
  Stream<DynamicTest> accessedEntryLivesLongerFor() {
    return readers()
        .map(
            reader ->
                dynamicTest(
                    reader.getKey(),
                    () -> assertSliding(AccessedExpiryPolicy.factoryOf(CACHE_TTL), reader)));
  }

  @TestFactory
  Stream<DynamicTest> touchedEntryLivesLongerFor() {
    Map<String, Function<Cache<String, Integer>, Object>> updates = new LinkedHashMap<>();
    updates.put(
        "put",
        cache -> {
          cache.put("key", 1);
          return "";
        });
    updates.put("getAndPut", cache -> cache.getAndPut("key", 1));
    updates.put("replace", cache -> cache.replace("key", 1));
    updates.put("replace expected", cache -> cache.replace("key", 1, 1));
    updates.put("getAndReplace", cache -> cache.getAndReplace("key", 1));
    updates.put(
        "putAll",
        cache -> {
          cache.putAll(Map.of("key", 1));
          return "";
        });
    updates.put(
        "setValue",
        cache ->
            cache.invoke(
                "key",
                (entry, arguments) -> {
                  entry.setValue(1);
                  return "";
                }));
    return Stream.concat(readers(), updates.entrySet().stream())
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> assertSliding(TouchedExpiryPolicy.factoryOf(CACHE_TTL), call)));
  }

  private static Stream<Map.Entry<String, Function<Cache<String, Integer>, Object>>> readers() {
    Map<String, Function<Cache<String, Integer>, Object>> readers = new LinkedHashMap<>();
    readers.put("get", cache -> cache.get("key"));
    readers.put("getAll", cache -> cache.getAll(Set.of("key")));
    readers.put("getValue", cache -> cache.invoke("key", (entry, none) -> entry.getValue()));
    readers.put("replace of another value", cache -> cache.replace("key", 7, 8));
    readers.put("remove of another value", cache -> cache.remove("key", 7));
    readers.put("iteration", cache -> cache.iterator().next());
    return readers.entrySet().stream();
  }

  private void assertSliding(
      Factory<? extends ExpiryPolicy> policy,
      Map.Entry<String, Function<Cache<String, Integer>, Object>> call) {
    Cache<String, Integer> cache = expiring(policy);
    elapse(HALF);
    assertThat(call.getValue().apply(cache)).isNotNull();
    elapse(HALF);
    assertThat(cache.containsKey("key")).as("after " + call.getKey()).isTrue();
    elapse(HALF);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> accessedEntryLivesNoLongerFor() {
    Map<String, Function<Cache<String, Integer>, Object>> calls = new LinkedHashMap<>();
    calls.put("containsKey", cache -> cache.containsKey("key"));
    calls.put("hasNext", cache -> cache.iterator().hasNext());
    calls.put("a processor that does nothing", cache -> cache.invoke("key", (entry, none) -> ""));
    calls.put("exists", cache -> cache.invoke("key", (entry, none) -> entry.exists()));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      Cache<String, Integer> cache =
                          expiring(AccessedExpiryPolicy.factoryOf(CACHE_TTL));
                      elapse(HALF);
                      assertThat(call.getValue().apply(cache)).isNotNull();
                      elapse(HALF);
                      assertThat(cache.containsKey("key")).isFalse();
                    }));
  }

  // ---- a policy of the user's -----------------------------------------------------------------

  /** Answers as the test says, and counts the questions. */
  static final class Policy implements ExpiryPolicy {
    @Nullable Duration creation = CACHE_TTL;
    @Nullable Duration access;
    @Nullable Duration update;
    final List<String> questions = new ArrayList<>();

    @Override
    @SuppressWarnings("NullAway") // a bad policy, on purpose
    public Duration getExpiryForCreation() {
      questions.add("creation");
      return creation;
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null leaves the time as it is
    public Duration getExpiryForAccess() {
      questions.add("access");
      return access;
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null leaves the time as it is
    public Duration getExpiryForUpdate() {
      questions.add("update");
      return update;
    }
  }

  @Test
  void row95NullKeepsTheTimeToLive() {
    Cache<String, Integer> cache = expiring(always(new Policy()));
    elapse(HALF);
    cache.put("key", 2);
    assertThat(cache.get("key")).isEqualTo(2);
    elapse(HALF.minusMinutes(1));
    assertThat(cache.get("key")).isEqualTo(2);
    elapse(java.time.Duration.ofMinutes(1));
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void policyCanShortenTheTimeToLive() {
    Policy policy = new Policy();
    policy.update = new Duration(MINUTES, 1);
    Cache<String, Integer> cache = expiring(always(policy));
    cache.put("key", 2);
    elapse(java.time.Duration.ofMinutes(1));
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void policyCanMakeAnEntryEternal() {
    Policy policy = new Policy();
    policy.access = Duration.ETERNAL;
    Cache<String, Integer> cache = expiring(always(policy));
    assertThat(cache.get("key")).isEqualTo(1);
    elapse(TTL.multipliedBy(1000));
    assertThat(cache.get("key")).isEqualTo(1);
  }

  @Test
  void policyIsAskedOnceForEachChange() {
    Policy policy = new Policy();
    Cache<String, Integer> cache = expiring(always(policy));
    cache.put("key", 2);
    cache.get("key");
    cache.getAndPut("key", 3);
    cache.containsKey("key");
    cache.remove("key");
    cache.get("key");
    assertThat(policy.questions).containsExactly("creation", "update", "access", "update");
  }

  @Test
  void expiredEntryIsCreatedNotUpdated() {
    Policy policy = new Policy();
    Cache<String, Integer> cache = expiring(always(policy));
    elapse(TTL);
    cache.put("key", 2);
    assertThat(policy.questions).containsExactly("creation", "creation");
  }

  @Test
  void row90PoliciesWithoutTimeStoreNothing() {
    Cache<String, Integer> cache = expiring(CreatedExpiryPolicy.factoryOf(Duration.ZERO));
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void accessWithoutTimeReturnsTheValueOnce() {
    Policy policy = new Policy();
    policy.access = Duration.ZERO;
    Cache<String, Integer> readOnce = expiring(always(policy));
    assertThat(readOnce.get("key")).isEqualTo(1);
    assertThat(readOnce.get("key")).isNull();
  }

  @TestFactory
  Stream<DynamicTest> row90LongTimesNeverOverflow() {
    elapse(TTL);
    return Stream.of(
            new Duration(TimeUnit.DAYS, Long.MAX_VALUE),
            new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE),
            new Duration(TimeUnit.DAYS, 106_751),
            new Duration(TimeUnit.DAYS, 31),
            new Duration(TimeUnit.DAYS, 29))
        .map(
            time ->
                dynamicTest(
                    time.getDurationAmount() + " " + time.getTimeUnit(),
                    () -> {
                      Cache<String, Integer> cache = expiring(CreatedExpiryPolicy.factoryOf(time));
                      elapse(java.time.Duration.ofDays(28));
                      assertThat(cache.get("key")).isEqualTo(1);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> failingPolicyLosesNoEntry() {
    RuntimeException failure = new IllegalStateException("a policy that fails");
    Map<String, ExpiryPolicy> policies = new LinkedHashMap<>();
    policies.put("creation", failing("creation", failure));
    policies.put("access", failing("access", failure));
    policies.put("update", failing("update", failure));
    return policies.entrySet().stream()
        .map(
            policy ->
                dynamicTest(
                    policy.getKey(),
                    () -> {
                      Cache<String, Integer> cache = expiring(always(policy.getValue()));
                      assertThat(cache.get("key")).isEqualTo(1);
                      cache.put("key", 2);
                      assertThat(cache.get("key")).isEqualTo(2);
                      Integer seen = cache.invoke("key", (entry, none) -> entry.getValue());
                      assertThat(seen).isEqualTo(2);
                      assertThat(cache.remove("key")).isTrue();
                    }));
  }

  private static ExpiryPolicy failing(String question, RuntimeException failure) {
    return new ExpiryPolicy() {
      private Duration answer(String asked) {
        if (asked.equals(question)) {
          throw failure;
        }
        return CACHE_TTL;
      }

      @Override
      public Duration getExpiryForCreation() {
        return answer("creation");
      }

      @Override
      public Duration getExpiryForAccess() {
        return answer("access");
      }

      @Override
      public Duration getExpiryForUpdate() {
        return answer("update");
      }
    };
  }

  @Test
  void policyThatCreatesWithoutAnswerLosesNoEntry() {
    Policy policy = new Policy();
    policy.creation = null;
    assertThat(expiring(always(policy)).get("key")).isEqualTo(1);
  }

  // ---- nobody sees an expired entry -----------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> row97ExpiredEntryIsAbsentFor() {
    Map<String, Function<Cache<String, Integer>, Object>> calls = new LinkedHashMap<>();
    calls.put("get", cache -> cache.get("key") == null);
    calls.put("getAll", cache -> cache.getAll(Set.of("key")).isEmpty());
    calls.put("containsKey", cache -> !cache.containsKey("key"));
    calls.put("iterator", cache -> !cache.iterator().hasNext());
    calls.put("putIfAbsent", cache -> cache.putIfAbsent("key", 2));
    calls.put("replace", cache -> !cache.replace("key", 2));
    calls.put("replace expected", cache -> !cache.replace("key", 1, 2));
    calls.put("getAndReplace", cache -> cache.getAndReplace("key", 2) == null);
    calls.put("getAndPut", cache -> cache.getAndPut("key", 2) == null);
    calls.put("remove", cache -> !cache.remove("key"));
    calls.put("remove expected", cache -> !cache.remove("key", 1));
    calls.put("getAndRemove", cache -> cache.getAndRemove("key") == null);
    calls.put("exists", cache -> !cache.invoke("key", (entry, none) -> entry.exists()));
    calls.put("getValue", cache -> cache.invoke("key", (entry, none) -> entry.getValue()) == null);
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      Cache<String, Integer> cache = created();
                      elapse(TTL);
                      assertThat(call.getValue().apply(cache)).isEqualTo(true);
                    }));
  }

  @Test
  void expiredEntryCountsAsMissAndNotAsRemoval() {
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                .statisticsEnabled(true));
    cache.put("key", 1);
    elapse(TTL);
    cache.get("key");
    cache.remove("key");
    cache.removeAll();
    assertThat(statistics(cache).getCacheMisses()).isEqualTo(1);
    assertThat(statistics(cache).getCacheHits()).isZero();
    assertThat(statistics(cache).getCacheRemovals()).isZero();
    assertThat(statistics(cache).getCacheEvictions()).isZero();
  }

  @Test
  void expiredEntryIsLoadedAnew() {
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                .readThrough(always(new Loaders.Counting())));
    assertThat(cache.get("key")).isEqualTo(1);
    elapse(TTL);
    assertThat(cache.get("key")).isEqualTo(2);
  }

  @Test
  void loadedEntryExpires() {
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                .readThrough(always(new Loaders.Counting())));
    assertThat(cache.getAll(Set.of("key"))).containsEntry("key", 1);
    elapse(TTL);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void expiryIsNoDeletionForTheWriter() {
    Writers.Recording writer = new Writers.Recording();
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                .writeThrough(always(writer)));
    cache.put("key", 1);
    elapse(TTL);
    assertThat(cache.get("key")).isNull();
    assertThat(writer.calls()).containsExactly("write key=1");
  }

  // ---- events ---------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> row97ExpiryIsReportedOnceTo() {
    needs(Capability.EXPIRY_EVENTS);
    return Stream.of(true, false)
        .map(
            isSynchronous ->
                dynamicTest(
                    isSynchronous ? "a synchronous listener" : "an asynchronous listener",
                    () -> {
                      RecordingListener<String, Integer> listener = new RecordingListener<>();
                      Cache<String, Integer> cache =
                          create(
                              settings()
                                  .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                                  .listener(
                                      isSynchronous
                                          ? synchronous(listener)
                                          : asynchronous(listener)));
                      cache.put("key", 1);
                      elapse(TTL);
                      cache.get("key");
                      cache.get("key");
                      cache.containsKey("key");
                      cache.put("key", 2);
                      assertThat(listener.next(3))
                          .containsExactly(
                              Seen.created("key", 1),
                              Seen.expired("key", 1),
                              Seen.created("key", 2));
                      assertThat(listener.events()).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> expiryIsReportedByWhoComesAcross() {
    needs(Capability.EXPIRY_EVENTS);
    Map<String, Function<Cache<String, Integer>, Object>> calls = new LinkedHashMap<>();
    calls.put("get", cache -> cache.get("key") == null);
    calls.put("getAll", cache -> cache.getAll(Set.of("key")).isEmpty());
    calls.put("remove", cache -> cache.remove("key"));
    calls.put("replace", cache -> cache.replace("key", 2));
    calls.put("replace expected", cache -> cache.replace("key", 1, 2));
    calls.put("exists", cache -> cache.invoke("key", (entry, none) -> entry.exists()));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      RecordingListener<String, Integer> listener = new RecordingListener<>();
                      Cache<String, Integer> cache =
                          create(
                              settings()
                                  .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                                  .listener(synchronous(listener)));
                      cache.put("key", 1);
                      elapse(TTL);
                      assertThat(call.getValue().apply(cache)).isNotNull();
                      assertThat(listener.next(2))
                          .containsExactly(Seen.created("key", 1), Seen.expired("key", 1));
                      assertThat(listener.events()).isEmpty();
                    }));
  }

  @Test
  void updateWithoutTimeIsAnUpdateAndThenExpires() {
    needs(Capability.EXPIRY_EVENTS);
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Policy policy = new Policy();
    policy.update = Duration.ZERO;
    Cache<String, Integer> cache =
        create(settings().expiryPolicy(always(policy)).listener(synchronous(listener)));
    cache.put("key", 1);
    cache.put("key", 2);
    assertThat(cache.get("key")).isNull();
    assertThat(listener.next(3))
        .containsExactly(Seen.created("key", 1), Seen.updated("key", 1, 2), Seen.expired("key", 2));
  }

  @Test
  void stillbornEntryIsNotReported() {
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(Duration.ZERO))
                .listener(synchronous(listener)));
    cache.put("key", 1);
    assertThat(cache.putIfAbsent("key", 1)).isTrue();
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void entryExpiresOnceUnderManyReaders() throws Exception {
    needs(Capability.EXPIRY_EVENTS);
    RecordingListener<String, Integer> listener = new RecordingListener<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(CACHE_TTL))
                .listener(synchronous(listener)));
    for (int round = 0; round < 20; round++) {
      cache.put("key", round);
      elapse(TTL);
      assertThat(Threads.race(8, i -> cache.get("key") == null)).containsOnly(true);
      assertThat(listener.next(2))
          .containsExactly(Seen.created("key", round), Seen.expired("key", round));
    }
    assertThat(listener.events()).isEmpty();
  }
}
