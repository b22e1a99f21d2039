package dev.larder.spi;

import static java.util.Objects.requireNonNull;

import dev.larder.internal.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A setting: its name, what it may be, and what it means. A {@link RemoteStoreFactory} has one for
 * each parameter of its URIs; configuration files, system properties and documentation know them
 * from there.
 *
 * <p>Immutable. An option is equal to itself alone, so keep each in a constant.
 *
 * @param <T> what the text of a value is turned into
 */
public final class Option<T> {
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):?$");

  private final String name;
  private final Values<T> values;
  private final String meaning;
  private final @Nullable String otherwise;
  private final boolean secret;

  private Option(
      String name, Values<T> values, String meaning, @Nullable String otherwise, boolean secret) {
    this.name = name;
    this.values = values;
    this.meaning = meaning;
    this.otherwise = otherwise;
    this.secret = secret;
  }

  private static <T> Option<T> of(String name, Values<T> values) {
    return new Option<>(requireNonNull(name, "name"), values, "", null, false);
  }

  /** Creates an option whose values are times, such as {@code 500ms}, {@code 10s} or PT1H. */
  public static Option<Duration> duration(String name, Duration least, Duration most) {
    return of(
        name,
        new Values<>(
            text -> within(Texts.duration(text), least, most),
            "a time from %s to %s, such as 500ms, 2s, 5m or PT1H"
                .formatted(Texts.of(least), Texts.of(most)),
            "{\"type\": \"string\", \"pattern\": \"^[0-9_]+ *(ms|s|m|h|d)$|^[Pp]|%s\"}"
                .formatted(Values.PLACEHOLDER)));
  }

  /** Creates an option whose values are whole numbers, such as {@code 10_000}. */
  public static Option<Long> number(String name, long least, long most) {
    return of(
        name,
        new Values<>(
            text -> within(Texts.number(text), least, most),
            most == Long.MAX_VALUE
                ? "a number from %d, such as 10_000".formatted(least)
                : "a number from %d to %d".formatted(least, most),
            ("{\"anyOf\": [{\"type\": \"integer\", \"minimum\": %d, \"maximum\": %d},"
                    + " {\"type\": \"string\", \"pattern\": \"^[0-9][0-9_]*$|%s\"}]}")
                .formatted(least, most, Values.PLACEHOLDER)));
  }

  /** Creates an option whose values are sizes in bytes, such as {@code 64MiB}, from 1. */
  public static Option<Long> size(String name) {
    return of(
        name,
        new Values<>(
            text -> within(Texts.size(text), 1L, Long.MAX_VALUE),
            "a size from 1, such as 10_000, 512KiB, 64MiB or 2GiB",
            ("{\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1}, {\"type\": \"string\","
                    + " \"pattern\": \"^[0-9][0-9_]* *([KMGT]iB)?$|%s\"}]}")
                .formatted(Values.PLACEHOLDER)));
  }

  /** Creates an option whose values are words, in upper or lower case. */
  public static Option<String> choice(String name, String... words) {
    List<String> known = List.of(words);
    return of(
        name,
        new Values<>(
            text ->
                known.stream()
                    .filter(text::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new),
            "one of " + String.join(", ", known),
            "{\"anyOf\": [{\"enum\": [%s]}, {\"type\": \"string\", \"pattern\": \"%s\"}]}"
                .formatted(
                    known.stream()
                        .map(word -> "\"" + word + "\"")
                        .collect(Collectors.joining(", ")),
                    Values.PLACEHOLDER)));
  }

  /** Creates an option that is true or false. */
  public static Option<Boolean> flag(String name) {
    return of(
        name,
        new Values<>(
            Option::truth,
            "true or false",
            "{\"anyOf\": [{\"type\": \"boolean\"}, {\"type\": \"string\", \"pattern\": \"%s\"}]}"
                .formatted(Values.PLACEHOLDER)));
  }

  private static Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  /**
   * Creates an option whose values are text.
   *
   * @param pattern what a value matches
   * @param allowed says the same in words, such as "a name without spaces"
   */
  public static Option<String> text(String name, Pattern pattern, String allowed) {
    return of(
        name,
        new Values<>(
            text -> {
              if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException();
              }
              return text;
            },
            requireNonNull(allowed, "allowed"),
            "{\"type\": [\"string\", \"number\"]}"));
  }

  /**
   * Creates an option whose values are URIs, or schemes alone, as {@code memory}, which stands for
   * {@code memory:default}. They may have a password, so they are a secret.
   */
  public static Option<URI> uri(String name) {
    return of(
            name,
            new Values<>(
                Option::parsedUri,
                "a URI, such as memory: or redis://localhost:6379",
                "{\"type\": \"string\", \"pattern\": \"^[A-Za-z][A-Za-z0-9+.-]*(:|$)|%s\"}"
                    .formatted(Values.PLACEHOLDER)))
        .secret();
  }

  private static URI parsedUri(String text) {
    try {
      URI uri = new URI(SCHEME.matcher(text).replaceFirst("$1:default"));
      if (!uri.isAbsolute()) {
        throw new IllegalArgumentException("it has no scheme");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "%s at position %d".formatted(e.getReason(), e.getIndex()));
    }
  }

  private static <N extends Comparable<N>> N within(N value, N least, N most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  /** Returns the same option with a sentence's beginning that says what it does. */
  public Option<T> meaning(String words) {
    return new Option<>(name, values, requireNonNull(words, "words"), otherwise, secret);
  }

  /**
   * Returns the same option with a default.
   *
   * @param text a value as users write it, or else words for what it depends on
   */
  public Option<T> otherwise(String text) {
    return new Option<>(name, values, meaning, requireNonNull(text, "text"), secret);
  }

  /** Returns the same option, whose values no message shows. */
  public Option<T> secret() {
    return new Option<>(name, values, meaning, otherwise, true);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Says in words what the option does. */
  public String meaning() {
    return meaning;
  }

  /** Says in words what a value may be. */
  public String allowed() {
    return values.allowed;
  }

  /** Returns the default, as users would write it, or {@code null} if there is none. */
  public @Nullable String otherwise() {
    return otherwise;
  }

  /** Says whether no message, and no URI, may show a value. */
  public boolean isSecret() {
    return secret;
  }

  /** Returns what values are in configuration files, as a JSON Schema. */
  public String schema() {
    return values.schema;
  }

  /**
   * Returns what a text means.
   *
   * @throws IllegalArgumentException if it means nothing here; the message names the option, the
   *     value unless that is a secret, and what is allowed
   */
  public T parse(String text) {
    return parse(text, text);
  }

  /**
   * Returns what a text means that was written otherwise, as {@code ${NAME}}.
   *
   * @param shown stands in messages for the text, of which they then tell nothing
   * @throws IllegalArgumentException if it means nothing here; the message names the option, what
   *     is shown unless the option is a secret, and what is allowed
   */
  public T parse(String text, String shown) {
    try {
      return values.parser.parse(text);
    } catch (IllegalArgumentException e) {
      boolean reason = e.getMessage() != null && text.equals(shown);
      throw new IllegalArgumentException(
          "%s is not allowed; it is %s%s"
              .formatted(
                  secret ? name : name + "=" + shown,
                  values.allowed,
                  reason ? " (" + e.getMessage() + ")" : ""));
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * What the values of an option are.
   *
   * @param parser turns a text into a value, or throws an IllegalArgumentException with a reason,
   *     or with none if it is clear
   * @param allowed says in words what the text may be
   * @param schema says the same as a JSON Schema
   */
  private record Values<T>(Parser<T> parser, String allowed, String schema) {
    /** What stands for a value that is put in later. */
    static final String PLACEHOLDER = "\\\\$\\\\{";
  }

  /** Turns a text into a value. */
  private interface Parser<T> {
    T parse(String text);
  }
}
