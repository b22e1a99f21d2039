package dev.larder.internal.settings;

import dev.larder.LarderConfiguration;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;

/** Turns the text of a setting into what it means, or throws an IllegalArgumentException. */
@FunctionalInterface
interface Parser {
  String DURATION = "a time such as 500ms, 10s, 5m, 2h, 7d or PT1H";
  String BOOLEAN = "true or false";

  Pattern SIMPLE_DURATION = Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|h|d)");
  Pattern NUMBER = Pattern.compile("[0-9][0-9_]{0,24}");

  /** Returns what a text means; classes are found by the loader. */
  Object parse(String text, ClassLoader loader);

  static Duration duration(String text, ClassLoader loader) {
    Matcher simple = SIMPLE_DURATION.matcher(text);
    Duration duration = simple.matches() ? simple(simple) : iso(text);
    if (duration.isNegative() || duration.toMillis() == 0) {
      throw new IllegalArgumentException("it is not longer than 0");
    }
    return duration;
  }

  private static Duration simple(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(Math.min(amount, 100_000_000));
    };
  }

  private static Duration iso(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Duration.ofDays(100_000_000)) > 0) {
        throw new IllegalArgumentException("it is too long; leave it out for ever");
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("it is no time", e);
    }
  }

  static Long number(String text, ClassLoader loader) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("it is no number");
    }
    long number = Long.parseLong(text.replace("_", ""));
    if (number < 1) {
      throw new IllegalArgumentException("it is below 1");
    }
    return number;
  }

  static Boolean truth(String text, ClassLoader loader) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it is neither");
    };
  }

  static Class<?> type(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("there is no such class", e);
    }
  }

  static String[] classPatterns(String text, ClassLoader loader) {
    String[] patterns = text.split("\\s*,\\s*", -1);
    var unused = LarderConfiguration.builder().allowedClasses(patterns); // checks them
    return patterns;
  }

  private static Class<?> type(String name, Class<?> role, ClassLoader loader) {
    Class<?> type = type(name, loader);
    if (!role.isAssignableFrom(type)) {
      throw new IllegalArgumentException("the class does not implement " + role.getName());
    }
    return type;
  }

  /** Makes an object of a class, which has a public constructor without parameters. */
  static Object create(String name, Class<?> role, ClassLoader loader) {
    try {
      return type(name, role, loader).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "the class has no public constructor without parameters that works", e);
    }
  }

  /** Returns a factory that makes objects of a class. */
  @SuppressWarnings("unchecked") // only Factory<?> is wanted
  static Factory<?> factory(String name, Class<?> role, ClassLoader loader) {
    Class<Object> type = (Class<Object>) type(name, role, loader);
    return FactoryBuilder.factoryOf(type);
  }
}
