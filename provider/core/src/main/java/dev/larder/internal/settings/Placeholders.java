package dev.larder.internal.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts system properties and environment variables in the place of <code>${NAME}</code> and <code>
 * ${NAME:default}</code>; the former win.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

  private Placeholders() {}

  /**
   * Returns a text with all values put in.
   *
   * @throws IllegalArgumentException if there is neither a value nor a default
   */
  static String resolve(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
  }

  private static String value(String name, @Nullable String otherwise) {
    String property = System.getProperty(name);
    String value = property == null ? System.getenv(name) : property;
    if (value != null) {
      return value;
    }
    if (otherwise == null) {
      throw new IllegalArgumentException(
          ("${%s} has no value: there is neither a system property nor an environment variable of"
                  + " that name; ${%s:value} gives a default")
              .formatted(name, name));
    }
    return otherwise;
  }
}
