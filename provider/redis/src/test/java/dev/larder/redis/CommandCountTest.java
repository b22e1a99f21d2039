package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.CommandCosts;
import dev.larder.tck.servers.RedisMonitor;
import dev.larder.tck.servers.RedisServer;
import java.util.EnumSet;
import java.util.Set;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commands each operation sends to Redis. */
class CommandCountTest extends CommandCosts {
  private final RedisServer server = RedisServer.start();
  private final RedisMonitor monitor = server.monitor();

  CommandCountTest() {
    super("redis-commands.md");
  }

  @AfterAll
  void stop() {
    monitor.close();
    server.close();
  }

  @Override
  protected CacheManager open() {
    return Managers.open(server.uri());
  }

  @Override
  protected void empty() {
    server.command("FLUSHDB");
  }

  @Override
  protected String count(Runnable call) {
    return CommandCount.of(server, monitor, call);
  }

  @ParameterizedTest
  @EnumSource
  void plainOperationsSendOneCommand(Step step) {
    Set<Step> several =
        EnumSet.of(
            Step.PUT_ALL,
            Step.PUT_IF_ABSENT_OVER,
            Step.REPLACE,
            Step.GET_AND_REPLACE,
            Step.REMOVE_IF_EQUAL,
            Step.REMOVE_IF_EQUAL_UNEQUAL,
            Step.REPLACE_IF_EQUAL,
            Step.REPLACE_IF_EQUAL_UNEQUAL,
            Step.REMOVE_ALL,
            Step.CLEAR,
            Step.ITERATE,
            Step.INVOKE_READ,
            Step.INVOKE_CREATE,
            Step.INVOKE_UPDATE,
            Step.INVOKE_REMOVE,
            Step.INVOKE_ALL);
    if (several.contains(step)) {
      return;
    }
    assertThat(cost(Parts.NONE, Policy.ETERNAL, step)).doesNotContain("+", "×", "none");
    assertThat(cost(Parts.NONE, Policy.CREATED, step)).doesNotContain("+", "×", "none");
    assertThat(cost(Parts.NONE, Policy.MODIFIED, step)).doesNotContain("+", "×", "none");
  }

  @Test
  void row96ReadThatExtendsATimeToLiveSendsOneCommand() {
    assertThat(cost(Parts.NONE, Policy.ACCESSED, Step.GET)).isEqualTo("GETEX PX");
    assertThat(cost(Parts.NONE, Policy.TOUCHED, Step.GET)).isEqualTo("GETEX PX");
    assertThat(cost(Parts.NONE, Policy.TOUCHED, Step.GET_MISS)).isEqualTo("GETEX PX");
  }

  /** For bytes that are no value must be neither replaced nor taken for one. */
  @Test
  void whatMustNotMistakeBytesForAValueLooksAtThem() {
    for (Policy policy : Policy.values()) {
      assertThat(cost(Parts.NONE, policy, Step.CONTAINS)).isEqualTo("GET");
      assertThat(cost(Parts.NONE, policy, Step.REPLACE)).isEqualTo("GET + EVALSHA");
      assertThat(cost(Parts.NONE, policy, Step.PUT_IF_ABSENT_OVER))
          .matches("(SET (PX )?NX \\+ )?GET|GET( \\+ SET (PX )?NX)?");
    }
  }

  @Test
  void conditionsOnTheValueReadAndCompare() {
    for (Policy policy : Policy.values()) {
      for (Parts parts : Parts.values()) {
        assertThat(cost(parts, policy, Step.REPLACE_IF_EQUAL)).isEqualTo("GET + EVALSHA");
        assertThat(cost(parts, policy, Step.REMOVE_IF_EQUAL)).isEqualTo("GET + EVALSHA");
        assertThat(cost(parts, policy, Step.INVOKE_UPDATE)).isEqualTo("GET + EVALSHA");
        assertThat(cost(parts, policy, Step.INVOKE_REMOVE)).isEqualTo("GET + EVALSHA");
      }
      assertThat(cost(Parts.NONE, policy, Step.INVOKE_CREATE)).matches("GET \\+ SET (PX )?NX");
    }
  }

  @Test
  void countsWhatItIsTold() {
    assertThat(CommandCount.of(server, monitor, () -> {})).isEqualTo("none");
    assertThat(CommandCount.of(server, monitor, () -> server.command("DBSIZE")))
        .isEqualTo("DBSIZE");
    assertThat(CommandCount.of(server, monitor, () -> server.command("SET", "k", "v", "NX")))
        .isEqualTo("SET NX");
  }
}
