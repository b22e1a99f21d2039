package dev.larder.tck.runner;

import java.util.function.Function;

/**
 * A class for the TCK to ask {@code unwrap} for.
 *
 * @param property the system property that names it to the TCK
 * @param className the provider's class
 * @param accepted whether {@code unwrap} gives what was asked for
 */
record UnwrapTarget(String property, String className, boolean accepted) {

  static UnwrapTarget of(String property, Object object, Function<Class<?>, Object> unwrap) {
    return new UnwrapTarget(
        property, object.getClass().getName(), accepts(object.getClass(), unwrap));
  }

  private static boolean accepts(Class<?> type, Function<Class<?>, Object> unwrap) {
    try {
      return type.isInstance(unwrap.apply(type));
    } catch (RuntimeException e) {
      return false; // JCache asks for IllegalArgumentException; a provider may throw others.
    }
  }
}
