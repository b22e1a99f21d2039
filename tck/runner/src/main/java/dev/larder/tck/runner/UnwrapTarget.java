package dev.larder.tck.runner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** What cannot be found by asking: providers whose objects unwrap to others' types only. */
  private static final Map<String, Map<String, String>> KNOWN =
      Map.of(
          "org.cache2k.",
          Map.of(
              "javax.cache.CacheManager", "org.cache2k.CacheManager",
              "javax.cache.Cache", "org.cache2k.Cache",
              "javax.cache.Cache.Entry", "org.cache2k.CacheEntry"));

  /** The most specific type of this object, its class first, that it can be unwrapped to. */
  static UnwrapTarget of(String property, Object object, Function<Class<?>, Object> unwrap) {
    for (var type : ownTypes(object.getClass())) {
      if (accepts(type, unwrap)) {
        return new UnwrapTarget(property, type.getName(), true);
      }
    }
    for (var known : KNOWN.entrySet()) {
      var className = known.getValue().get(property);
      if (className != null
          && object.getClass().getName().startsWith(known.getKey())
          && accepts(className, object.getClass().getClassLoader(), unwrap)) {
        return new UnwrapTarget(property, className, true);
      }
    }
    return new UnwrapTarget(property, object.getClass().getName(), false);
  }

  private static boolean accepts(
      String className, ClassLoader loader, Function<Class<?>, Object> unwrap) {
    try {
      return accepts(Class.forName(className, false, loader), unwrap);
    } catch (ClassNotFoundException e) {
      return false; // another version of the provider
    }
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
