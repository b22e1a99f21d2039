package dev.larder.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, numbers and sizes as people write them; whatever else is an IllegalArgumentException. */
public final class Texts {
  private static final Pattern DURATION = Pattern.compile("([0-9][0-9_]{0,15})\\s*(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9_]{0,24}");
  private static final Pattern SIZE = Pattern.compile("([0-9][0-9_]{0,24})\\s*(?:([KMGT])iB)?");
  private static final String UNITS = "KMGT";
  private static final int UNIT_BITS = 10;

  private Texts() {}

  /** Returns a time, such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, 7d or PT1H. */
  public static Duration duration(String text) {
    Matcher simple = DURATION.matcher(text);
    try {
      if (!simple.matches()) {
        return Duration.parse(text);
      }
      long amount = number(requireNonNull(simple.group(1)));
      return switch (requireNonNull(simple.group(2))) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException();
    }
  }

  /** Returns a time as {@link #duration} reads it, in the greatest unit that does it. */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3_600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
  }

  /** Returns a whole number, such as {@code 10_000}. */
  public static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException();
    }
  }

  /** Returns a number of bytes, such as {@code 10_000}, {@code 512KiB} or {@code 64MiB}. */
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    String unit = matcher.group(2);
    int bits = unit == null ? 0 : UNIT_BITS * (1 + UNITS.indexOf(unit));
    try {
      return Math.multiplyExact(number(requireNonNull(matcher.group(1))), 1L << bits);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException();
    }
  }
}
