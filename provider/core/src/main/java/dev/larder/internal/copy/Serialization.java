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
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Copies objects by Java serialization.
 *
 * <p>Classes come from the manager's class loader, as JSR-107 asks, and where that does not know
 * them, from the object that is copied.
 */
final class Serialization {
  private final String cacheName;
  private final ClassLoader classLoader;

  /** Copies for one cache. */
  Serialization(String cacheName, ClassLoader classLoader) {
    this.cacheName = cacheName;
    this.classLoader = classLoader;
  }

  /**
   * Returns a copy.
   *
   * @throws CacheException if the object cannot be serialized, which the message blames on a class
   */
  Object copy(Object original) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      Map<String, Class<?>> classes = new HashMap<>();
      try (ObjectOutputStream out = new NotingOutput(bytes, classes)) {
        out.writeObject(original);
      }
      try (ObjectInputStream in =
          new LoadingInput(new ByteArrayInputStream(bytes.toByteArray()), classLoader, classes)) {
        return in.readObject();
      }
    } catch (NotSerializableException e) {
      throw new CacheException(
          ("cache '%s' stores by value, and %s cannot be copied because %s is not Serializable;"
                  + " make it so, or store by reference (setStoreByValue(false))")
              .formatted(cacheName, original.getClass().getName(), e.getMessage()),
          e);
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      throw new CacheException(
          "cache '%s' stores by value, and copying a %s failed: %s"
              .formatted(cacheName, original.getClass().getName(), e),
          e);
    }
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
