package dev.larder.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URI, each checked: a misspelt one must not leave a default in its place. For
 * a {@link RemoteStoreFactory} that reads its settings from the manager's URI.
 *
 * <p>Messages name the parameter, its value, and what is allowed.
 */
public final class UriParameters {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads the query of a URI.
   *
   * @param known the names of the parameters that there are
   * @throws IllegalArgumentException if the query has a parameter that is not known, or one twice
   */
  public UriParameters(URI uri, Set<String> known) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        add(parameter, known);
      }
    }
  }

  private void add(String parameter, Set<String> known) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "there is no parameter '%s'; there are %s".formatted(name, new TreeSet<>(known)));
    }
    if (values.putIfAbsent(name, equals < 0 ? "" : parameter.substring(equals + 1)) != null) {
      throw new IllegalArgumentException("the parameter '%s' is given twice".formatted(name));
    }
  }

  /**
   * Returns a time, such as {@code 500ms}, {@code 2s} or {@code 1m}.
   *
   * @param otherwise what it is if the URI does not say
   * @throws IllegalArgumentException if it is no time from the least to the most
   */
  public Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(value);
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ofMillis(-1);
    check(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        name,
        value,
        "a time from %s to %s, such as 500ms, 2s or 1m".formatted(text(least), text(most)));
    return duration;
  }

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(requireNonNull(matcher.group(1)));
    return switch (requireNonNull(matcher.group(2))) {
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

  /**
   * Returns a number.
   *
   * @param otherwise what it is if the URI does not say
   * @throws IllegalArgumentException if it is no number from the least to the most
   */
  public int number(String name, int otherwise, int least, int most) {
    String value = values.get(name);
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

  /**
   * Returns one of some words.
   *
   * @param otherwise what it is if the URI does not say
   * @throws IllegalArgumentException if it is none of the words
   */
  public String choice(String name, String otherwise, Set<String> words) {
    String value = values.getOrDefault(name, otherwise);
    check(words.contains(value), name, value, "one of " + new TreeSet<>(words));
    return value;
  }

  /**
   * Checks a parameter that somebody else reads from the URI.
   *
   * @param allowed what its value matches if it is given
   * @param meaning says the same in words
   * @throws IllegalArgumentException if the value does not match
   */
  public void check(String name, Pattern allowed, String meaning) {
    String value = values.get(name);
    check(value == null || allowed.matcher(value).matches(), name, value, meaning);
  }

  private static void check(boolean allowed, String name, @Nullable String value, String meaning) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "the parameter %s=%s is not allowed; it is %s".formatted(name, value, meaning));
    }
  }
}
