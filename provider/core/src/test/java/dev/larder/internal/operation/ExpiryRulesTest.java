package dev.larder.internal.operation;

import static dev.larder.internal.operation.Deadline.NEVER;
import static dev.larder.internal.operation.Deadline.PAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryRulesTest {
  private static final long NOW = 1_000;
  private static final long PREVIOUS = 1_500;
  private static final Duration TEN_MILLIS = new Duration(TimeUnit.MILLISECONDS, 10);

  static Stream<Arguments> durations() {
    return Stream.of(
        // the policy's answer; the deadline of a new entry; the deadline otherwise
        arguments(TEN_MILLIS, NOW + 10_000_000, NOW + 10_000_000),
        arguments(Duration.ONE_DAY, NOW + 86_400_000_000_000L, NOW + 86_400_000_000_000L),
        arguments(Duration.ZERO, PAST, PAST),
        arguments(new Duration(TimeUnit.DAYS, 0), PAST, PAST),
        arguments(Duration.ETERNAL, NEVER, NEVER),
        arguments(null, NEVER, PREVIOUS),
        arguments(new Duration(TimeUnit.DAYS, Long.MAX_VALUE), NEVER, NEVER),
        arguments(new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE), NEVER, NEVER));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void durationBecomesADeadline(Duration duration, long onCreation, long otherwise) {
    ExpiryRules rules = new ExpiryRules(new Same(duration), () -> NOW);

    assertThat(rules.onCreation()).isEqualTo(onCreation);
    assertThat(rules.onUpdate(PREVIOUS)).isEqualTo(otherwise);
    assertThat(rules.onAccess(PREVIOUS)).isEqualTo(otherwise);
  }

  static Stream<Arguments> constantPolicies() {
    long next = NOW + 10_000_000;
    return Stream.of(
        // the policy; deadline after creation, update, access; watches access; can expire
        arguments(new EternalExpiryPolicy(), NEVER, PREVIOUS, PREVIOUS, false, false),
        arguments(new CreatedExpiryPolicy(TEN_MILLIS), next, PREVIOUS, PREVIOUS, false, true),
        arguments(new ModifiedExpiryPolicy(TEN_MILLIS), next, next, PREVIOUS, false, true),
        arguments(new AccessedExpiryPolicy(TEN_MILLIS), next, PREVIOUS, next, true, true),
        arguments(new TouchedExpiryPolicy(TEN_MILLIS), next, next, next, true, true),
        arguments(new TouchedExpiryPolicy(Duration.ETERNAL), NEVER, NEVER, NEVER, true, false),
        arguments(new CreatedExpiryPolicy(Duration.ZERO), PAST, PREVIOUS, PREVIOUS, false, true));
  }

  @ParameterizedTest
  @MethodSource("constantPolicies")
  void policyOfJsr107IsKnown(
      ExpiryPolicy policy,
      long onCreation,
      long onUpdate,
      long onAccess,
      boolean watchesAccess,
      boolean canExpire) {
    ExpiryRules rules = new ExpiryRules(policy, () -> NOW);

    assertThat(rules.runsUserCode()).isFalse();
    assertThat(rules.onCreation()).isEqualTo(onCreation);
    assertThat(rules.onUpdate(PREVIOUS)).isEqualTo(onUpdate);
    assertThat(rules.onAccess(PREVIOUS)).isEqualTo(onAccess);
    assertThat(rules.watchesAccess()).isEqualTo(watchesAccess);
    assertThat(rules.canExpire()).isEqualTo(canExpire);
  }

  @Test
  void policyOfTheUsersIsAskedEachTimeAndOnlyThen() {
    AtomicInteger asked = new AtomicInteger();
    ExpiryRules rules =
        new ExpiryRules(
            new Same(TEN_MILLIS) {
              @Override
              public Duration getExpiryForUpdate() {
                asked.incrementAndGet();
                return super.getExpiryForUpdate();
              }
            },
            () -> NOW);

    assertThat(rules.runsUserCode()).isTrue();
    assertThat(asked).hasValue(0);
    rules.onUpdate(PREVIOUS);
    rules.onUpdate(PREVIOUS);
    assertThat(asked).hasValue(2);
  }

  @Test
  void policyThatThrowsLeavesTheDeadline() {
    ExpiryRules rules =
        new ExpiryRules(
            new Same(TEN_MILLIS) {
              @Override
              Duration answer() {
                throw new IllegalStateException("on purpose");
              }
            },
            () -> NOW);

    assertThat(rules.onCreation()).isEqualTo(NEVER);
    assertThat(rules.onUpdate(PREVIOUS)).isEqualTo(PREVIOUS);
    assertThat(rules.onAccess(PREVIOUS)).isEqualTo(PREVIOUS);
  }

  @Test
  void row90SumThatWouldOverflowIsNever() {
    long untilTheEnd = 10_000_000;
    long now = Long.MAX_VALUE - untilTheEnd;

    assertThat(new ExpiryRules(new Same(TEN_MILLIS), () -> now - 1).onCreation())
        .isEqualTo(NEVER - 1);
    assertThat(new ExpiryRules(new Same(TEN_MILLIS), () -> now).onCreation()).isEqualTo(NEVER);
    assertThat(new ExpiryRules(new Same(TEN_MILLIS), () -> now + 1).onCreation()).isEqualTo(NEVER);
    assertThat(new ExpiryRules(new Same(TEN_MILLIS), () -> Long.MAX_VALUE).onUpdate(PREVIOUS))
        .isEqualTo(NEVER);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, NOW, Long.MAX_VALUE - 1, -NOW, Long.MIN_VALUE + 2})
  void row93DeadlinesPassOnTime(long now) {
    ExpiryRules rules = new ExpiryRules(new EternalExpiryPolicy(), () -> now);

    assertThat(rules.isPast(PAST)).isTrue();
    assertThat(rules.isPast(now - 1)).isTrue();
    assertThat(rules.isPast(now)).isTrue();
    assertThat(rules.isPast(now + 1)).isFalse();
    assertThat(rules.isPast(NEVER)).isFalse();
  }

  @Test
  void readingBelowZeroNeedsNoSpecialCare() {
    ExpiryRules rules = new ExpiryRules(new CreatedExpiryPolicy(TEN_MILLIS), () -> -5_000_000);

    assertThat(rules.onCreation()).isEqualTo(5_000_000);
  }

  /** A policy of the user's that gives one answer to all questions. */
  private static class Same implements ExpiryPolicy {
    private final Duration duration;

    Same(Duration duration) {
      this.duration = duration;
    }

    Duration answer() {
      return duration;
    }

    @Override
    public Duration getExpiryForCreation() {
      return answer();
    }

    @Override
    public Duration getExpiryForAccess() {
      return answer();
    }

    @Override
    public Duration getExpiryForUpdate() {
      return answer();
    }
  }
}
