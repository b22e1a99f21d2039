package dev.larder.tck.runner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A class for the TCK to ask {@code unwrap} for.
 *
 * @param property the system property that names it to the TCK
 * @param className the provider's class
 * @param accepted whether {@code unwrap} gives what was asked for
 */
record UnwrapTarget(String property, String className, boolean accepted) {

  /** The most specific type of this object, its class first, that it can be unwrapped to. */
  static UnwrapTarget of(String property, Object object, Function<Class<?>, Object> unwrap) {
    for (var type : ownTypes(object.getClass())) {
      if (accepts(type, unwrap)) {
        return new UnwrapTarget(property, type.getName(), true);
      }
    }
    return new UnwrapTarget(property, object.getClass().getName(), false);
  }

  private static boolean accepts(Class<?> type, Function<Class<?>, Object> unwrap) {
    try {
      return type.isInstance(unwrap.apply(type));
    } catch (RuntimeException e) {
      return false; // JCache asks for IllegalArgumentException; a provider may throw others.
    }
  }

  /** The types that only the provider has: that everyone has {@code Cache} would prove nothing. */
  private static Set<Class<?>> ownTypes(Class<?> bottom) {
    var types = new LinkedHashSet<Class<?>>();
    for (Class<?> type = bottom; type != null; type = type.getSuperclass()) {
      types.add(type);
    }
    for (var type : List.copyOf(types)) {
      addInterfaces(type, types);
    }
    types.removeIf(type -> type.getName().matches("javax?\\..*"));
    return types;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
    for (var parent : type.getInterfaces()) {
      types.add(parent);
      addInterfaces(parent, types);
    }
  }
}
