package dev.larder.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.internal.Spelling;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of some {@linkplain Option options}, each checked: a misspelt one must not leave a
 * default in its place.
 *
 * <p>Immutable and safe for any thread.
 */
public final class OptionValues {
  private final Map<Option<?>, Object> values;

  private OptionValues(Map<Option<?>, Object> values) {
    this.values = values;
  }

  /**
   * Returns the values that the query of a URI has. Secrets are none of them, for URIs are shown.
   *
   * @throws IllegalArgumentException that tells all that is wrong: parameters that are not known,
   *     given twice, or not allowed
   */
  public static OptionValues of(URI uri, Collection<Option<?>> options) {
    return of(parameters(uri), options.stream().filter(option -> !option.isSecret()).toList());
  }

  /**
   * Returns the values of texts.
   *
   * @param texts values by the names of their options
   * @throws IllegalArgumentException that tells all that is wrong: names that are not known, and
   *     values that are not allowed
   */
  public static OptionValues of(Map<String, String> texts, Collection<Option<?>> options) {
    Map<Option<?>, Object> values = new HashMap<>();
    List<String> problems = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          try {
            Option<?> option = named(name, options);
            values.put(option, option.parse(text));
          } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
          }
        });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new OptionValues(values);
  }

  private static Option<?> named(String name, Collection<Option<?>> options) {
    return options.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Spelling.unknown(
                        "parameter", name, options.stream().map(Option::name).sorted().toList())));
  }

  /**
   * Returns the parameters in the query of a URI, decoded, by their names.
   *
   * @throws IllegalArgumentException if one is given twice
   */
  public static Map<String, String> parameters(URI uri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
        if (parameters.put(name, value) != null) {
          throw new IllegalArgumentException("the parameter '%s' is given twice".formatted(name));
        }
      }
    }
    return parameters;
  }

  /** A plus is a plus in a URI; it stands for a blank only in what browsers send. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  /** Returns the value of an option, or {@code null} if it has none, whatever its default is. */
  @SuppressWarnings("unchecked") // the option has parsed it
  public <T> @Nullable T find(Option<T> option) {
    return (T) values.get(option);
  }

  /**
   * Returns the value of an option, or its default.
   *
   * @throws IllegalArgumentException if it has neither
   */
  public <T> T get(Option<T> option) {
    T given = find(option);
    if (given != null) {
      return given;
    }
    String otherwise = option.otherwise();
    if (otherwise == null) {
      throw new IllegalArgumentException(option.name() + " is missing; it is " + option.allowed());
    }
    return option.parse(otherwise);
  }
}
