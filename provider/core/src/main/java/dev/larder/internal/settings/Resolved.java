package dev.larder.internal.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which values stand where {@linkplain Placeholders placeholders} stood. Each may be a
 * secret, though the setting is none, so messages show the placeholders.
 *
 * @param value the text to use
 * @param shown the text as it was written
 */
record Resolved(String value, String shown) {
  private static final String HIDDEN = "***";

  /**
   * Puts values in the place of placeholders.
   *
   * @throws IllegalArgumentException if one has neither a value nor a default
   */
  static Resolved of(String written) {
    return new Resolved(Placeholders.resolve(written), written);
  }

  /** Says whether messages may show the value. */
  boolean isShown() {
    return value.equals(shown);
  }

  /** Returns a parameter of this text, which is a URI. */
  Resolved parameter(String name, String decoded) {
    if (isShown()) {
      return new Resolved(decoded, decoded);
    }
    Matcher written = Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&#]*)").matcher(shown);
    return new Resolved(decoded, written.find() ? written.group(1) : HIDDEN);
  }
}
