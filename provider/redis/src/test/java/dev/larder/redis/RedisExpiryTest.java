package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.tck.servers.RedisMonitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The times to live that the server gets, as {@code PTTL} tells them. */
class RedisExpiryTest extends EmptyServerTest {
  private static final long HOUR = 3_600_000;
  private static final long HALF_AN_HOUR = HOUR / 2;
  private static final long NO_TTL = -1;
  private static final long NO_KEY = -2;
  private static final String NAME = "c";

  @ParameterizedTest
  @EnumSource
  void creationSetsWhatThePolicySays(Creation create) {
    check(EternalExpiryPolicy.factoryOf(), create, NO_TTL);
    check(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR), create, HOUR);
    check(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR), create, HOUR);
    check(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR), create, HOUR);
    check(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR), create, HOUR);
    check(policy(Duration.ONE_HOUR, null, null), create, HOUR);
    check(policy(null, null, null), create, NO_TTL);
    check(CreatedExpiryPolicy.factoryOf(Duration.ETERNAL), create, NO_TTL);
  }

  @ParameterizedTest
  @EnumSource
  void row90CreationWithZeroStoresNothing(Creation create) {
    check(CreatedExpiryPolicy.factoryOf(Duration.ZERO), create, NO_KEY);
    check(ModifiedExpiryPolicy.factoryOf(Duration.ZERO), create, NO_KEY);
    check(policy(Duration.ZERO, Duration.ONE_HOUR, Duration.ONE_HOUR), create, NO_KEY);
  }

  @ParameterizedTest
  @EnumSource
  void row92CreationForLongerThanTheServerCanCountSucceeds(Creation create) {
    for (Duration duration :
        List.of(
            new Duration(TimeUnit.DAYS, Long.MAX_VALUE),
            new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE),
            new Duration(TimeUnit.SECONDS, Long.MAX_VALUE / 1_000_000_000 + 1))) {
      check(CreatedExpiryPolicy.factoryOf(duration), create, NO_TTL);
      check(TouchedExpiryPolicy.factoryOf(duration), create, NO_TTL);
      check(policy(duration, duration, duration), create, NO_TTL);
    }
    long centuries = TimeUnit.DAYS.toMillis(290 * 365L);
    check(
        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, centuries)),
        create,
        centuries);
  }

  private void check(Factory<? extends ExpiryPolicy> factory, Creation create, long ttl) {
    withCache(
        factory,
        cache -> {
          create.action.accept(cache, "new");
          assertTtl(ttl);
        });
  }

  @ParameterizedTest
  @EnumSource
  void row95UpdateSetsWhatThePolicySaysOrKeeps(Update update) {
    checkUpdate(EternalExpiryPolicy.factoryOf(), update, HALF_AN_HOUR);
    checkUpdate(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR), update, HALF_AN_HOUR);
    checkUpdate(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR), update, HOUR);
    checkUpdate(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR), update, HOUR);
    checkUpdate(policy(Duration.ONE_DAY, null, null), update, HALF_AN_HOUR);
    checkUpdate(policy(Duration.ONE_DAY, Duration.ONE_HOUR, null), update, HOUR);
    checkUpdate(policy(Duration.ONE_DAY, Duration.ETERNAL, null), update, NO_TTL);
    checkUpdate(policy(Duration.ONE_DAY, Duration.ZERO, null), update, NO_KEY);
  }

  @ParameterizedTest
  @EnumSource
  void updateByWhatDoesNotSeeTheValueIsNoAccess(Update update) {
    checkUpdate(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR), update, HALF_AN_HOUR);
  }

  private void checkUpdate(Factory<? extends ExpiryPolicy> factory, Update update, long ttl) {
    withCache(
        factory,
        cache -> {
          cache.put("k", "old");
          server.command("PEXPIRE", "c:k", Long.toString(HALF_AN_HOUR));
          update.action.accept(cache, "new");
          assertTtl(ttl);
        });
  }

  @ParameterizedTest
  @EnumSource
  void accessSetsWhatThePolicySaysOrKeeps(Access access) {
    checkAccess(EternalExpiryPolicy.factoryOf(), access, HALF_AN_HOUR);
    checkAccess(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR), access, HALF_AN_HOUR);
    checkAccess(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR), access, HALF_AN_HOUR);
    checkAccess(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR), access, HOUR);
    checkAccess(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR), access, HOUR);
    checkAccess(AccessedExpiryPolicy.factoryOf(Duration.ETERNAL), access, NO_TTL);
    checkAccess(policy(Duration.ONE_DAY, null, null), access, HALF_AN_HOUR);
    checkAccess(policy(Duration.ONE_DAY, null, Duration.ONE_HOUR), access, HOUR);
    checkAccess(policy(Duration.ONE_DAY, null, Duration.ETERNAL), access, NO_TTL);
    checkAccess(policy(Duration.ONE_DAY, null, Duration.ZERO), access, NO_KEY);
  }

  private void checkAccess(Factory<? extends ExpiryPolicy> factory, Access access, long ttl) {
    withCache(
        factory,
        cache -> {
          cache.put("k", "old");
          server.command("PEXPIRE", "c:k", Long.toString(HALF_AN_HOUR));
          access.action.accept(cache, "other");
          assertTtl(ttl);
        });
  }

  @Test
  void accessWithZeroIsTheLast() {
    withCache(
        policy(Duration.ONE_DAY, null, Duration.ZERO),
        cache -> {
          cache.put("k", "old");
          assertThat(cache.get("k")).isEqualTo("old");
          assertThat(cache.get("k")).isNull();
        });
  }

  @Test
  void askingForTheKeyIsNoAccess() {
    withCache(
        TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR),
        cache -> {
          cache.put("k", "old");
          server.command("PEXPIRE", "c:k", Long.toString(HALF_AN_HOUR));
          cache.containsKey("k");
          assertTtl(HALF_AN_HOUR);
        });
  }

  @Test
  void row97EntriesAreGoneForAllOnceTheyExpire() {
    withCache(
        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1)),
        cache -> {
          cache.put("k", "old");
          while (!server.command("PTTL", "c:k").equals(NO_KEY)) {
            Thread.onSpinWait();
          }
          assertThat(cache.get("k")).isNull();
          assertThat(cache.containsKey("k")).isFalse();
          assertThat(cache.iterator()).isExhausted();
          assertThat(cache.putIfAbsent("k", "new")).isTrue();
        });
  }

  @Test
  void row94ServerGetsTheTimeToLiveWhateverTheClientsClockSays() {
    LarderConfiguration<String, String> configuration =
        LarderConfiguration.builder(String.class, String.class)
            .expiryPolicy(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
            .build();
    try (RedisMonitor monitor = server.monitor()) {
      Cache<String, String> cache = manager.createCache(NAME, configuration);
      monitor.commands();
      cache.put("k", "v");
      cache.invoke(
          "j",
          (entry, arguments) -> {
            entry.setValue("v");
            return null;
          });
      assertThat(monitor.commands())
          .extracting(command -> String.join(" ", command.words()))
          .containsExactly("SET c:k v PX 3600000", "GET c:j", "SET c:j v PX 3600000 NX");
    }
  }

  private void withCache(
      Factory<? extends ExpiryPolicy> factory, Consumer<Cache<String, String>> action) {
    Cache<String, String> cache = Managers.strings(manager, NAME, factory);
    action.accept(cache);
    manager.destroyCache(NAME);
  }

  private static void assertTtl(long expected) {
    Long actual = (Long) server.command("PTTL", "c:k");
    if (expected < 0) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual).isBetween(expected - 60_000, expected);
    }
  }

  private static Factory<ExpiryPolicy> policy(Duration creation, Duration update, Duration access) {
    return () -> new OwnPolicy(creation, update, access);
  }

  private record OwnPolicy(Duration creation, Duration update, Duration access)
      implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return update;
    }

    @Override
    public Duration getExpiryForAccess() {
      return access;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private enum Creation {
    PUT((cache, value) -> cache.put("k", value)),
    PUT_ALL((cache, value) -> cache.putAll(Map.of("k", value))),
    GET_AND_PUT((cache, value) -> cache.getAndPut("k", value)),
    PUT_IF_ABSENT((cache, value) -> cache.putIfAbsent("k", value)),
    INVOKE((cache, value) -> cache.invoke("k", RedisExpiryTest::set, value));

    private final BiConsumer<Cache<String, String>, String> action;

    Creation(BiConsumer<Cache<String, String>, String> action) {
      this.action = action;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private enum Update {
    PUT((cache, value) -> cache.put("k", value)),
    PUT_ALL((cache, value) -> cache.putAll(Map.of("k", value))),
    GET_AND_PUT((cache, value) -> cache.getAndPut("k", value)),
    REPLACE((cache, value) -> cache.replace("k", value)),
    GET_AND_REPLACE((cache, value) -> cache.getAndReplace("k", value)),
    REPLACE_IF_EQUAL((cache, value) -> cache.replace("k", "old", value)),
    INVOKE((cache, value) -> cache.invoke("k", RedisExpiryTest::set, value));

    private final BiConsumer<Cache<String, String>, String> action;

    Update(BiConsumer<Cache<String, String>, String> action) {
      this.action = action;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private enum Access {
    GET((cache, value) -> cache.get("k")),
    GET_ALL((cache, value) -> cache.getAll(Set.of("k"))),
    ITERATE((cache, value) -> cache.forEach(entry -> {})),
    REPLACE_UNEQUAL((cache, value) -> cache.replace("k", value, "new")),
    REMOVE_UNEQUAL((cache, value) -> cache.remove("k", value)),
    INVOKE((cache, value) -> cache.invoke("k", (entry, arguments) -> entry.getValue()));

    private final BiConsumer<Cache<String, String>, String> action;

    Access(BiConsumer<Cache<String, String>, String> action) {
      this.action = action;
    }
  }

  private static Void set(MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue((String) arguments[0]);
    return null;
  }
}
