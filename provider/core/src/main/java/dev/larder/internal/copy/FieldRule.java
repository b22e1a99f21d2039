package dev.larder.internal.copy;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies objects field by field, in the way and in the order of serialization that no hook changes:
 * a constructor of the first ancestor that is not serializable runs, and the fields of the classes
 * below it that are not transient are set, ancestors first.
 */
final class FieldRule implements CopyRule {
  /** From JDK 26 on the JVM warns of everybody who changes final fields by reflection. */
  private static final boolean SETS_FINAL_FIELDS = Runtime.version().feature() < 26;

  private final Constructor<?> constructor;
  private final Level[] levels;

  private FieldRule(Constructor<?> constructor, Level[] levels) {
    this.constructor = constructor;
    this.levels = levels;
  }

  /**
   * Returns the rule for a class, or null if serialization could not make its objects.
   *
   * @throws ReflectiveOperationException if its fields cannot be set
   */
  static @Nullable CopyRule of(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = SerializationConstructors.of(type);
    if (constructor == null) {
      return null;
    }
    Deque<Level> levels = new ArrayDeque<>();
    Class<?> each = type;
    while (each != null && Serializable.class.isAssignableFrom(each)) {
      levels.addFirst(Level.of(each));
      each = each.getSuperclass();
    }
    return new FieldRule(constructor, levels.toArray(Level[]::new));
  }

  @Override
  public Object copy(Object original, GraphCopy graph) {
    try {
      Object copy = constructor.newInstance();
      graph.remember(original, copy);
      for (Level level : levels) {
        level.copy(original, copy, graph);
      }
      return copy;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new NotCopied();
    }
  }

  /** The fields of one class. */
  private static final class Level {
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SETTER =
        MethodType.methodType(void.class, Object.class, Object.class);

    /** Copies all primitive fields, from its second argument to its first. */
    private final MethodHandle primitives;

    private final MethodHandle[] getters;
    private final MethodHandle[] setters;

    private Level(MethodHandle primitives, MethodHandle[] getters, MethodHandle[] setters) {
      this.primitives = primitives;
      this.getters = getters;
      this.setters = setters;
    }

    static Level of(Class<?> type) throws IllegalAccessException {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle primitives = MethodHandles.empty(SETTER);
      List<MethodHandle> getters = new ArrayList<>();
      List<MethodHandle> setters = new ArrayList<>();
      for (Field field : fields(type)) {
        if (Modifier.isFinal(field.getModifiers()) && !SETS_FINAL_FIELDS) {
          throw new IllegalAccessException(field + " is final");
        }
        field.setAccessible(true);
        MethodHandle getter = lookup.unreflectGetter(field);
        MethodHandle setter = lookup.unreflectSetter(field);
        if (field.getType().isPrimitive()) {
          MethodHandle copy = MethodHandles.filterArguments(setter, 1, getter).asType(SETTER);
          primitives = MethodHandles.foldArguments(copy, primitives);
        } else {
          getters.add(getter.asType(GETTER));
          setters.add(setter.asType(SETTER));
        }
      }
      return new Level(
          primitives, getters.toArray(MethodHandle[]::new), setters.toArray(MethodHandle[]::new));
    }

    /**
     * Returns the fields that are serialized, in the order of {@link java.io.ObjectStreamClass}.
     */
    private static List<Field> fields(Class<?> type) {
      return Arrays.stream(type.getDeclaredFields())
          .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
          .sorted(Comparator.comparing(Field::getName))
          .toList();
    }

    /** Sets no reference before all of them are copied: a cycle leads to a half-filled object. */
    void copy(Object original, Object copy, GraphCopy graph) throws Throwable {
      primitives.invokeExact(copy, original);
      if (getters.length == 0) {
        return;
      }
      @Nullable Object[] references = new Object[getters.length];
      for (int i = 0; i < references.length; i++) {
        references[i] = graph.copy((Object) getters[i].invokeExact(original));
      }
      for (int i = 0; i < references.length; i++) {
        setters[i].invokeExact(copy, references[i]);
      }
    }
  }
}
