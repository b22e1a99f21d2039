package dev.larder.internal.copy;

import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;

/** Finds what classes do to take part in their own serialization. */
final class Hooks {
  private static final Set<String> METHODS =
      Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

  private Hooks() {}

  /** Says whether a class or an ancestor has a member that looks like a hook. */
  static boolean areIn(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (METHODS.contains(method.getName())) {
          return true;
        }
      }
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals("serialPersistentFields")) {
          return true;
        }
      }
    }
    return false;
  }
}
