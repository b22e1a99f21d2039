package dev.larder.internal.copy;

import java.io.File;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Knows the classes whose instances never change, which need no copy: JDK value types, enums, and
 * records made of nothing else..
 */
final class Immutability {
  private static final Set<Class<?>> VALUE_TYPES =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          MathContext.class,
          BigDecimal.class,
          UUID.class,
          URI.class,
          URL.class,
          File.class,
          Class.class,
          Locale.class,
          Currency.class,
          Pattern.class,
          DayOfWeek.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          Month.class,
          MonthDay.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Period.class,
          Year.class,
          YearMonth.class,
          ZoneOffset.class,
          ZonedDateTime.class,
          ZoneId.of("Europe/Paris").getClass(),
          String.CASE_INSENSITIVE_ORDER.getClass(),
          Collections.reverseOrder().getClass());

  private final PerClass<Boolean> known = new PerClass<>(type -> examine(type, new HashSet<>()));

  /** Says whether an object of exactly this class never changes. */
  boolean isImmutable(Class<?> type) {
    if (type == String.class || type == Integer.class || type == Long.class) {
      return true;
    }
    return known.get(type);
  }

  private static boolean examine(Class<?> type, Set<Class<?>> underway) {
    if (type.isPrimitive() || VALUE_TYPES.contains(type) || isEnum(type)) {
      return true;
    }
    if (!type.isRecord() || !underway.add(type) || isReplaced(type)) {
      return false;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!isFixed(component.getType()) || !examine(component.getType(), underway)) {
        return false;
      }
    }
    underway.remove(type);
    return true;
  }

  /** Says whether serialization may put something else in the place of a record. */
  private static boolean isReplaced(Class<?> type) {
    return Serializable.class.isAssignableFrom(type) && Hooks.areIn(type);
  }

  private static boolean isEnum(Class<?> type) {
    return type.isEnum() || (type.getSuperclass() != null && type.getSuperclass().isEnum());
  }

  /** Says whether a component declared with this type cannot hold an object of a subclass. */
  private static boolean isFixed(Class<?> declared) {
    return declared.isPrimitive() || declared.isEnum() || Modifier.isFinal(declared.getModifiers());
  }
}
