package dev.larder.internal.settings;

import java.io.Serial;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/** Finds the classes that a configuration names, and makes objects of them. */
final class ClassNames {
  private ClassNames() {}

  /**
   * Returns the class of a name; its static initializers do not run.
   *
   * @throws IllegalArgumentException if the loader finds none
   */
  static Class<?> find(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("the manager's class loader finds no such class", e);
    }
  }

  private static <T> Constructor<? extends T> constructor(
      String name, Class<T> role, ClassLoader loader) {
    Class<?> type = find(name, loader);
    if (!role.isAssignableFrom(type)) {
      throw new IllegalArgumentException("the class does not implement it");
    }
    try {
      if (Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers())) {
        return type.asSubclass(role).getConstructor();
      }
    } catch (NoSuchMethodException | LinkageError e) {
      throw new IllegalArgumentException("it has no public constructor without parameters", e);
    }
    throw new IllegalArgumentException("the class must be public and not abstract");
  }

  /**
   * Makes an object of a class.
   *
   * @throws IllegalArgumentException if there is no such class, or its constructor fails
   */
  static <T> T create(String name, Class<T> role, ClassLoader loader) {
    Constructor<? extends T> constructor = constructor(name, role, loader);
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("its constructor fails: " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalArgumentException("it cannot be created: " + e, e);
    }
  }

  /**
   * Returns a factory that makes objects of a class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  static <T> Factory<T> factory(String name, Class<T> role, ClassLoader loader) {
    return new OfClass<>(constructor(name, role, loader).getDeclaringClass());
  }

  /** Makes objects of a class; JSR-107's own would look for it in the thread's class loader. */
  private record OfClass<T>(Class<? extends T> type) implements Factory<T> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public T create() {
      try {
        return type.getConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new CacheException(
            "%s cannot be created: %s".formatted(type.getName(), e.getCause()), e);
      }
    }
  }
}
