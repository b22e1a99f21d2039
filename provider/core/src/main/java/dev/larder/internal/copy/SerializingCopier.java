package dev.larder.internal.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Copies objects by Java serialization, except for those that cannot change, and for arrays and
 * {@code ArrayList}s of such, of which a copy of the references is as good.
 *
 * <p>Classes come from the manager's class loader, as JSR-107 asks, and where that does not know
 * them, from the object that is copied.
 *
 * @param <T> the type of the objects
 */
public final class SerializingCopier<T> implements UnaryOperator<T> {
  private final String cacheName;
  private final ClassLoader classLoader;
  private final Immutability immutability = new Immutability();

  /** Copies for one cache. */
  public SerializingCopier(String cacheName, ClassLoader classLoader) {
    this.cacheName = cacheName;
    this.classLoader = classLoader;
  }

  /**
   * Returns a copy, or the object itself if it cannot change.
   *
   * @throws CacheException if the object cannot be serialized, which the message blames on a class
   */
  @Override
  @SuppressWarnings("unchecked") // a copy has the type of its original
  public T apply(T original) {
    if (immutability.isImmutable(original.getClass())) {
      return original;
    }
    Object copy = copyOfReferences(original);
    if (copy != null) {
      return (T) copy;
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      Map<String, Class<?>> classes = new HashMap<>();
      try (ObjectOutputStream out = new NotingOutput(bytes, classes)) {
        out.writeObject(original);
      }
      try (ObjectInputStream in =
          new LoadingInput(new ByteArrayInputStream(bytes.toByteArray()), classLoader, classes)) {
        return (T) in.readObject();
      }
    } catch (NotSerializableException e) {
      throw new CacheException(
          ("cache '%s' stores by value, and %s cannot be copied because %s is not Serializable;"
                  + " make it so, or store by reference (setStoreByValue(false))")
              .formatted(cacheName, original.getClass().getName(), e.getMessage()),
          e);
    } catch (IOException | ClassNotFoundException | RuntimeException | StackOverflowError e) {
      throw new CacheException(
          "cache '%s' stores by value, and copying a %s failed: %s"
              .formatted(cacheName, original.getClass().getName(), e),
          e);
    }
  }

  /** Copies an array or a list whose elements cannot change; returns null for all else. */
  private @Nullable Object copyOfReferences(Object original) {
    if (original.getClass() == ArrayList.class) {
      Object[] elements = ((ArrayList<?>) original).toArray();
      return areImmutable(elements) ? new ArrayList<>(Arrays.asList(elements)) : null;
    }
    Class<?> component = original.getClass().getComponentType();
    if (component == null) {
      return null;
    }
    if (original instanceof Object[] elements) {
      // The manager's loader may know another class by the name of a component of the user's.
      return component.getClassLoader() == null && areImmutable(elements) ? elements.clone() : null;
    }
    int length = Array.getLength(original);
    Object copy = Array.newInstance(component, length);
    System.arraycopy(original, 0, copy, 0, length);
    return copy;
  }

  private boolean areImmutable(@Nullable Object[] elements) {
    for (Object element : elements) {
      if (element != null
          && !(element instanceof Serializable && immutability.isImmutable(element.getClass()))) {
        return false;
      }
    }
    return true;
  }

  /** Notes the classes that it writes. */
  private static final class NotingOutput extends ObjectOutputStream {
    private final Map<String, Class<?>> classes;

    NotingOutput(OutputStream out, Map<String, Class<?>> classes) throws IOException {
      super(out);
      this.classes = classes;
    }

    @Override
    protected void annotateClass(Class<?> type) {
      classes.put(type.getName(), type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      for (Class<?> face : type.getInterfaces()) {
        classes.put(face.getName(), face);
      }
    }
  }

  /** Finds classes by the manager's loader first, then among those that were noted. */
  private static final class LoadingInput extends ObjectInputStream {
    private final ClassLoader classLoader;
    private final Map<String, Class<?>> noted;

    LoadingInput(InputStream in, ClassLoader classLoader, Map<String, Class<?>> noted)
        throws IOException {
      super(in);
      this.classLoader = classLoader;
      this.noted = noted;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
      return find(description.getName());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
      Class<?>[] faces = new Class<?>[names.length];
      for (int i = 0; i < names.length; i++) {
        faces[i] = find(names[i]);
      }
      return Proxy.newProxyInstance(
              loaderThatKnows(faces), faces, (proxy, method, arguments) -> null)
          .getClass();
    }

    /**
     * Returns the loader of an interface that knows the others too, as the original's must have.
     */
    private ClassLoader loaderThatKnows(Class<?>[] faces) {
      for (Class<?> face : faces) {
        ClassLoader candidate = face.getClassLoader();
        if (candidate != null && knowsAll(candidate, faces)) {
          return candidate;
        }
      }
      return classLoader;
    }

    private static boolean knowsAll(ClassLoader loader, Class<?>[] faces) {
      for (Class<?> face : faces) {
        try {
          if (Class.forName(face.getName(), false, loader) != face) {
            return false;
          }
        } catch (ClassNotFoundException e) {
          return false;
        }
      }
      return true;
    }

    private Class<?> find(String name) throws ClassNotFoundException {
      Class<?> known = noted.get(name);
      if (known != null && known.isPrimitive()) {
        return known;
      }
      try {
        return Class.forName(name, false, classLoader);
      } catch (ClassNotFoundException e) {
        return orElseThrow(known, e);
      }
    }

    private static Class<?> orElseThrow(@Nullable Class<?> known, ClassNotFoundException e)
        throws ClassNotFoundException {
      if (known == null) {
        throw e;
      }
      return known;
    }
  }
}
