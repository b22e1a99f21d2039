package dev.larder.cdi;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.lang.reflect.Array;
import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The key that is made of a method's arguments, which are compared by {@link Arrays#deepEquals}.
 *
 * <p>Equal keys serialize to equal bytes in all JVMs, as {@link ArgumentForm} explains: a store of
 * bytes compares those.
 */
final class MethodKey implements GeneratedCacheKey {
  private static final long serialVersionUID = 1;

  // Not serialized: writeReplace hands them on.
  private final transient @Nullable Object[] arguments;
  private final transient int hash;

  /** Creates the key of arguments, whose arrays are copied. */
  MethodKey(@Nullable Object[] arguments) {
    this.arguments = copied(arguments);
    this.hash = Arrays.deepHashCode(this.arguments);
  }

  /** Returns a key of the same arguments that begins with a name. */
  MethodKey within(String name) {
    return new MethodKey(new Object[] {name, arguments});
  }

  private static @Nullable Object[] copied(@Nullable Object[] array) {
    @Nullable Object[] copy = array.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copied(copy[i]);
    }
    return copy;
  }

  private static @Nullable Object copied(@Nullable Object object) {
    if (object instanceof Object[] array) {
      return copied(array);
    }
    if (object == null || !object.getClass().isArray()) {
      return object;
    }
    int length = Array.getLength(object);
    Object copy = Array.newInstance(object.getClass().componentType(), length);
    System.arraycopy(object, 0, copy, 0, length);
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MethodKey key
        && hash == key.hash
        && Arrays.deepEquals(arguments, key.arguments);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The arguments, as {@link Arrays#deepToString} prints them. */
  @Override
  public String toString() {
    return Arrays.deepToString(arguments);
  }

  private Object writeReplace() {
    return new ArgumentForm(arguments);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a MethodKey is serialized as an ArgumentForm");
  }
}
