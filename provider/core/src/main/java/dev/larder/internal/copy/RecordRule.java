package dev.larder.internal.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Copies records by their canonical constructors. */
final class RecordRule implements CopyRule {
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

  private final MethodHandle[] getters;
  private final int[] order;
  private final MethodHandle constructor;

  private RecordRule(MethodHandle[] getters, int[] order, MethodHandle constructor) {
    this.getters = getters;
    this.order = order;
    this.constructor = constructor;
  }

  /** Returns the rule for a class of records, which must be open to Larder. */
  static CopyRule of(Class<?> type) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    RecordComponent[] components = type.getRecordComponents();
    MethodHandle[] getters = new MethodHandle[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      // Like serialization, not the accessor, which may do anything.
      Field field = type.getDeclaredField(components[i].getName());
      field.setAccessible(true);
      getters[i] = lookup.unreflectGetter(field).asType(GETTER);
      types[i] = components[i].getType();
    }
    Constructor<?> canonical = type.getDeclaredConstructor(types);
    canonical.setAccessible(true);
    return new RecordRule(
        getters,
        byName(components),
        lookup
            .unreflectConstructor(canonical)
            .asSpreader(Object[].class, types.length)
            .asType(CONSTRUCTOR));
  }

  /** Returns the indexes of the components in the order in which serialization gets to them. */
  private static int[] byName(RecordComponent[] components) {
    return IntStream.range(0, components.length)
        .boxed()
        .sorted(Comparator.comparing(index -> components[index].getName()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public Object copy(Object original, GraphCopy graph) {
    graph.begin(original);
    @Nullable Object[] components = new Object[getters.length];
    try {
      for (int i : order) {
        components[i] = graph.copy((Object) getters[i].invokeExact(original));
      }
      Object copy = (Object) constructor.invokeExact(components);
      graph.remember(original, copy);
      return copy;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new NotCopied();
    }
  }
}
