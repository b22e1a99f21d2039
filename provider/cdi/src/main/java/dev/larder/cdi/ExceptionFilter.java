package dev.larder.cdi;

import java.util.List;

/**
 * Chooses exceptions by their classes, as JSR-107's annotations list them.
 *
 * @param included those to choose; if there are none, all but the excluded
 * @param excluded those not to choose
 * @param unspecified whether to choose any if both lists are empty
 */
record ExceptionFilter(
    List<Class<? extends Throwable>> included,
    List<Class<? extends Throwable>> excluded,
    boolean unspecified) {

  static ExceptionFilter of(
      Class<? extends Throwable>[] included,
      Class<? extends Throwable>[] excluded,
      boolean unspecified) {
    return new ExceptionFilter(List.of(included), List.of(excluded), unspecified);
  }

  boolean chooses(Throwable thrown) {
    if (included.isEmpty() && excluded.isEmpty()) {
      return unspecified;
    }
    return (included.isEmpty() || isOneOf(included, thrown)) && !isOneOf(excluded, thrown);
  }

  private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable thrown) {
    return types.stream().anyMatch(type -> type.isInstance(thrown));
  }
}
