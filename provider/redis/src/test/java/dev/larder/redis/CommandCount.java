package dev.larder.redis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.larder.tck.servers.RedisMonitor;
import dev.larder.tck.servers.RedisMonitor.Command;
import dev.larder.tck.servers.RedisServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the commands of one call, as the server's own statistics and its monitor tell them. */
final class CommandCount {
  private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

  /** What the tests themselves send. */
  private static final Set<String> OURS = Set.of("info", "config|resetstat", "ping");

  private static final Set<String> OPTIONS =
      Set.of("PX", "NX", "XX", "GET", "KEEPTTL", "PERSIST", "EX", "EXAT", "PXAT");

  private CommandCount() {}

  /**
   * Returns how many commands of which kind a call sends, such as {@code GET + 2 × SET PX}.
   *
   * @throws AssertionError if monitor and statistics do not agree
   */
  static String of(RedisServer server, RedisMonitor monitor, Runnable call) {
    server.command("CONFIG", "RESETSTAT");
    monitor.commands();
    call.run();
    Map<String, Long> counted = statistics(server);
    List<Command> seen =
        monitor.commands().stream()
            .filter(command -> !command.words().get(0).equals("INFO"))
            .toList();
    Map<String, Long> monitored =
        seen.stream()
            .collect(groupingBy(CommandCount::name, TreeMap::new, summingLong(command -> 1)));
    if (!counted.equals(monitored)) {
      throw new AssertionError("INFO commandstats: " + counted + ", MONITOR: " + monitored);
    }
    Map<String, Long> sent = new LinkedHashMap<>();
    seen.stream()
        .filter(command -> !command.byScript())
        .forEach(command -> sent.merge(kind(command), 1L, Long::sum));
    return sent.isEmpty()
        ? "none"
        : sent.entrySet().stream()
            .map(entry -> (entry.getValue() == 1 ? "" : entry.getValue() + " × ") + entry.getKey())
            .collect(Collectors.joining(" + "));
  }

  /** Returns how often each command was executed since the statistics were reset. */
  static Map<String, Long> statistics(RedisServer server) {
    Map<String, Long> calls = new TreeMap<>();
    Matcher matcher = CALLS.matcher(String.valueOf(server.command("INFO", "commandstats")));
    while (matcher.find()) {
      if (!OURS.contains(matcher.group(1))) {
        calls.put(matcher.group(1), Long.valueOf(matcher.group(2)));
      }
    }
    return calls;
  }

  private static String name(Command command) {
    return command.words().get(0).toLowerCase(Locale.ROOT);
  }

  /** The command with those of its options that say what it does. */
  private static String kind(Command command) {
    List<String> words = command.words();
    int options = words.get(0).equals("SET") ? 3 : words.get(0).equals("GETEX") ? 2 : words.size();
    return words.get(0)
        + words.stream()
            .skip(options)
            .filter(OPTIONS::contains)
            .map(option -> " " + option)
            .collect(Collectors.joining());
  }
}
