package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.tck.CommandCosts;
import dev.larder.tck.servers.MemcachedServer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commands each operation sends to Memcached, as its log tells them. */
class MemcachedCommandCountTest extends CommandCosts {
  /** The six words of four bytes of a request of the binary protocol; or a line of the other. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "<\\d+ Read binary protocol data:((?:\n<\\d+ (?: +0x\\w\\w){4}){6})|<\\d+ (lru_crawler .*)");

  private static final Map<Integer, String> COMMANDS =
      Map.of(0x00, "gets", 0x01, "set", 0x02, "add", 0x04, "delete", 0x1c, "touch", 0x1d, "gat");

  /** One thread, since several write their lines of the log into each other's. */
  private final MemcachedServer server = MemcachedServer.start("-vv", "-t", "1");

  MemcachedCommandCountTest() {
    super("memcached-commands.md");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected CacheManager open() {
    return Caches.manager(server.uri(), "timeout=10s");
  }

  @Override
  protected void empty() {
    server.command("flush_all");
  }

  @Override
  protected String count(Runnable call) {
    int before = server.log().length();
    call.run();
    Map<String, Integer> sent = new LinkedHashMap<>();
    Matcher request = REQUEST.matcher(server.log().substring(before));
    while (request.find()) {
      sent.merge(request.group(1) == null ? "list" : command(request.group(1)), 1, Integer::sum);
    }
    return sent.isEmpty()
        ? "none"
        : sent.entrySet().stream()
            .map(entry -> (entry.getValue() == 1 ? "" : entry.getValue() + " × ") + entry.getKey())
            .collect(Collectors.joining(" + "));
  }

  /** Names a command by the second of its bytes; a set with a number in the last eight is a cas. */
  private static String command(String request) {
    String[] bytes = request.replaceAll("\n<\\d+", "").strip().split(" +", -1);
    boolean numbered = !String.join("", bytes).substring(4 * 16).matches("(0x00)+");
    String name = COMMANDS.get(Integer.decode(bytes[1]));
    return name.equals("set") && numbered ? "cas" : name;
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"GET", "GET_MISS", "CONTAINS", "PUT", "PUT_OVER"})
  void row96ReadsAndPutsOfEternalEntriesSendOneCommand(Step step) {
    assertThat(cost(Parts.NONE, Policy.ETERNAL, step)).doesNotContain("+", "×", "none");
    assertThat(cost(Parts.NONE, Policy.MODIFIED, step)).doesNotContain("+", "×", "none");
    assertThat(cost(Parts.NONE, Policy.TOUCHED, step)).doesNotContain("+", "×", "none");
  }

  @Test
  void nothingThatDependsOnTheEntrySendsMoreThanTwo() {
    Set<Step> ofOne = EnumSet.range(Step.GET_AND_PUT, Step.REMOVE_IF_EQUAL_UNEQUAL);
    for (Step step : ofOne) {
      assertThat(cost(Parts.NONE, Policy.ETERNAL, step)).matches("gets( \\+ (add|cas|delete))?");
    }
    assertThat(cost(Parts.LISTENER, Policy.ETERNAL, Step.INVOKE_UPDATE)).isEqualTo("gets + cas");
  }

  @Test
  void whatIsTooMuchIsRemovedByACommandOfItsOwn() {
    try (CacheManager manager = open()) {
      Cache<String, String> cache =
          manager.createCache(
              "small",
              LarderConfiguration.builder(String.class, String.class).maxEntries(2).build());
      cache.putAll(Map.of("a", "1", "b", "2"));
      assertThat(count(() -> cache.put("c", "3"))).isEqualTo("set + gets + delete");
    }
  }

  @Test
  void countsWhatItIsTold() {
    assertThat(count(() -> {})).isEqualTo("none");
    assertThat(count(() -> server.command("lru_crawler metadump hash"))).isEqualTo("list");
  }
}
