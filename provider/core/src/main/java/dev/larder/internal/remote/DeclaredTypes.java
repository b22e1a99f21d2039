package dev.larder.internal.remote;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Finds what objects of some types are made of, as far as the types themselves tell. */
final class DeclaredTypes {
  private final Set<String> names = new HashSet<>();

  private DeclaredTypes() {}

  /**
   * Returns the names of classes and of all that their serialized form may name by declaration: the
   * types of fields, with their type arguments, superclasses, and what a sealed type permits. The
   * JDK's own classes are not looked into.
   */
  static Set<String> namesOf(Collection<? extends Class<?>> types) {
    DeclaredTypes found = new DeclaredTypes();
    types.forEach(type -> found.names.add(elementOf(type).getName()));
    types.forEach(type -> found.lookInto(elementOf(type)));
    return found.names;
  }

  private void add(Type type) {
    if (type instanceof Class<?> named) {
      Class<?> element = elementOf(named);
      if (!isOfJdk(element) && names.add(element.getName())) {
        lookInto(element);
      }
    } else if (type instanceof ParameterizedType generic) {
      add(generic.getRawType());
      addAll(generic.getActualTypeArguments());
    } else if (type instanceof GenericArrayType array) {
      add(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      addAll(wildcard.getUpperBounds());
    }
  }

  private void addAll(Type... types) {
    for (Type type : types) {
      add(type);
    }
  }

  private void lookInto(Class<?> type) {
    if (isOfJdk(type)) {
      return;
    }
    try {
      if (type.getGenericSuperclass() != null) {
        add(type.getGenericSuperclass());
      }
      if (type.isSealed()) {
        addAll(type.getPermittedSubclasses());
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          add(field.getGenericType());
        }
      }
    } catch (LinkageError | TypeNotPresentException e) {
      // It names a class that is missing here, so no object of it can be read either.
    }
  }

  private static boolean isOfJdk(Class<?> type) {
    return type.isPrimitive() || type.getName().startsWith("java.");
  }

  private static Class<?> elementOf(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }
}
