package dev.larder.internal.copy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The constructors by which serialization makes objects: of the class that is asked for, but
 * running no code of classes that are serializable.
 *
 * <p>{@code sun.reflect.ReflectionFactory} of the module {@code jdk.unsupported} is where the JDK
 * offers them. It is looked up by name, since the compiler warns of any use.
 */
final class SerializationConstructors {
  private static final @Nullable Object FACTORY = factory();

  private SerializationConstructors() {}

  /** Returns a constructor, or null if serialization could not make such objects either. */
  static @Nullable Constructor<?> of(Class<?> type) throws ReflectiveOperationException {
    if (FACTORY == null) {
      return null;
    }
    Method method = FACTORY.getClass().getMethod("newConstructorForSerialization", Class.class);
    return (Constructor<?>) method.invoke(FACTORY, type);
  }

  private static @Nullable Object factory() {
    try {
      return Class.forName("sun.reflect.ReflectionFactory")
          .getMethod("getReflectionFactory")
          .invoke(null);
    } catch (ReflectiveOperationException e) {
      return null; // a JVM without it: everything is serialized
    }
  }
}
