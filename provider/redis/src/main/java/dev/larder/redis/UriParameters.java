package dev.larder.redis;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a URI, each checked: a misspelt one must not leave a default in its place. */
final class UriParameters {
  private static final Set<String> KNOWN =
      Set.of("timeout", "connectTimeout", "inFlight", "silence", "reconnectPause", "namespace");

  /** What the driver reads from the URI itself, in any case. */
  private static final Map<String, Allowed> OF_THE_DRIVER =
      new TreeMap<>(
          Map.of(
              "clientname", new Allowed("clientName", ".+", "a name"),
              "database", new Allowed("database", "\\d{1,9}", "a number"),
              "db", new Allowed("db", "\\d{1,9}", "a number"),
              "libraryname", new Allowed("libraryName", "\\S+", "a name without spaces"),
              "libraryversion", new Allowed("libraryVersion", "\\S+", "a version without spaces"),
              "sentinelmasterid", new Allowed("sentinelMasterId", ".+", "a name"),
              "verifypeer", new Allowed("verifyPeer", "(?i)full|ca|none", "FULL, CA or NONE")));

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads the query of a URI.
   *
   * @throws IllegalArgumentException if it has a parameter that is not known, or one twice
   */
  UriParameters(URI uri) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        add(parameter);
      }
    }
  }

  private void add(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : parameter.substring(equals + 1);
    Allowed allowed = OF_THE_DRIVER.get(name.toLowerCase(Locale.ROOT));
    if (allowed != null) {
      check(value.matches(allowed.pattern), name, value, allowed.meaning);
    } else if (!KNOWN.contains(name)) {
      Set<String> known = new TreeSet<>(KNOWN);
      OF_THE_DRIVER.values().forEach(each -> known.add(each.name));
      throw new IllegalArgumentException(
          "there is no parameter '%s'; there are %s".formatted(name, known));
    }
    if (values.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
      throw new IllegalArgumentException("the parameter '%s' is given twice".formatted(name));
    }
  }

  Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    String value = values.get(name.toLowerCase(Locale.ROOT));
    if (value == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(value);
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
    check(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        name,
        value,
        "a time from %s to %s, such as 500ms, 2s or 1m".formatted(text(least), text(most)));
    return duration;
  }

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  int number(String name, int otherwise, int least, int most) {
    String value = values.get(name.toLowerCase(Locale.ROOT));
    if (value == null) {
      return otherwise;
    }
    int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : -1;
    check(
        number >= least && number <= most,
        name,
        value,
        "a number from %d to %d".formatted(least, most));
    return number;
  }

  private static void check(boolean allowed, String name, String value, String meaning) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "the parameter %s=%s is not allowed; it is %s".formatted(name, value, meaning));
    }
  }

  /**
   * What a parameter of the driver may be.
   *
   * @param name the parameter, as it is written
   * @param pattern what its value matches
   * @param meaning says the same in words
   */
  private record Allowed(String name, String pattern, String meaning) {}
}
