package dev.larder.internal.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;

/**
 * Java serialization that reads no class which is not allowed.
 *
 * <p>Whoever can write to the server chooses the bytes that are read here, so only these classes
 * come to life: value types and collections of the JDK, the types that the cache was declared with
 * and what they are made of, and those that this JVM has written to the cache itself.
 */
final class JdkSerialization {
  private static final int MAX_DEPTH = 20;
  private static final long MAX_REFERENCES = 1_000_000;

  /** The classes that have no loader; one may be a value. */
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(
              boolean.class,
              byte.class,
              char.class,
              short.class,
              int.class,
              long.class,
              float.class,
              double.class,
              void.class)
          .collect(Collectors.toMap(Class::getName, type -> type));

  private static final List<String> ALLOWED_PACKAGES =
      List.of("java.time.", "java.math.", "java.util.concurrent.atomic.");

  private static final Set<String> ALLOWED_CLASSES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Object",
          "java.lang.Short",
          "java.lang.String",
          "java.net.URI",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "java.util.AbstractMap$SimpleEntry",
          "java.util.AbstractMap$SimpleImmutableEntry",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.BitSet",
          "java.util.CollSer",
          "java.util.Currency",
          "java.util.Date",
          "java.util.EnumMap",
          "java.util.EnumSet$SerializationProxy",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.Locale",
          "java.util.Map$Entry",
          "java.util.Properties",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.UUID",
          "java.util.Vector",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentHashMap$Segment",
          "java.util.concurrent.CopyOnWriteArrayList",
          "java.util.concurrent.TimeUnit",
          "java.util.concurrent.locks.AbstractOwnableSynchronizer",
          "java.util.concurrent.locks.AbstractQueuedSynchronizer",
          "java.util.concurrent.locks.ReentrantLock",
          "java.util.concurrent.locks.ReentrantLock$NonfairSync",
          "java.util.concurrent.locks.ReentrantLock$Sync");

  private final String cacheName;
  private final ClassLoader classLoader;

  /** The names of the declared types and of what they are made of, and of what this JVM wrote. */
  private final Set<String> ownClasses = ConcurrentHashMap.newKeySet();

  JdkSerialization(String cacheName, ClassLoader classLoader, Collection<Class<?>> declared) {
    this.cacheName = cacheName;
    this.classLoader = classLoader;
    ownClasses.addAll(DeclaredTypes.namesOf(declared));
  }

  /**
   * Returns the serialized form of an object.
   *
   * @throws CacheException if it has none
   */
  byte[] write(Object object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      try (ObjectOutputStream out = new NotingOutput(bytes)) {
        out.writeObject(object);
      }
      return bytes.toByteArray();
    } catch (NotSerializableException e) {
      throw new CacheException(
          "cache '%s' cannot store a %s because %s is not Serializable"
              .formatted(cacheName, object.getClass().getName(), e.getMessage()),
          e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CacheException(
          "cache '%s' cannot serialize a %s: %s"
              .formatted(cacheName, object.getClass().getName(), e),
          e);
    }
  }

  /**
   * Returns the object that some bytes are the serialized form of.
   *
   * @throws UndecodableException if they are none, or need a class that is not allowed
   */
  Object read(byte[] bytes, int offset) throws UndecodableException {
    int length = bytes.length - offset;
    try (ObjectInputStream in = new LoadingInput(new ByteArrayInputStream(bytes, offset, length))) {
      in.setObjectInputFilter(filter(length));
      Object object = in.readObject();
      if (object == null || in.read() >= 0) {
        throw new UndecodableException("the bytes are not one serialized object", null);
      }
      return object;
    } catch (IOException | ClassNotFoundException | RuntimeException | StackOverflowError e) {
      throw new UndecodableException("the bytes cannot be deserialized: " + e.getMessage(), e);
    }
  }

  /** Only bounds what is read; which classes may come to life, {@link LoadingInput} says. */
  private static ObjectInputFilter filter(int length) {
    return info ->
        info.depth() > MAX_DEPTH
                || info.references() > MAX_REFERENCES
                || info.arrayLength() > length
            ? Status.REJECTED
            : Status.ALLOWED;
  }

  /** What an array of whatever dimension holds, or the class itself. */
  private static Class<?> element(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }

  private boolean isAllowed(Class<?> described) {
    Class<?> type = element(described);
    if (type.isPrimitive()) {
      return true;
    }
    String name = type.getName();
    return ALLOWED_CLASSES.contains(name)
        || ownClasses.contains(name)
        || name.startsWith("java.util.Collections$")
        || name.startsWith("java.util.ImmutableCollections$")
        || ALLOWED_PACKAGES.stream().anyMatch(name::startsWith);
  }

  /** Notes the classes that it writes as those that may be read. */
  private final class NotingOutput extends ObjectOutputStream {
    NotingOutput(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      ownClasses.add(element(type).getName());
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws InvalidClassException {
      throw new InvalidClassException(type.getName(), "dynamic proxies are not kept on a server");
    }
  }

  /**
   * Finds classes by the manager's class loader, and refuses those that are not allowed before they
   * are initialized. What an object of an allowed class resolves itself to is its own affair.
   */
  private final class LoadingInput extends ObjectInputStream {
    private final SharedParts sharedParts = new SharedParts();

    LoadingInput(InputStream in) throws IOException {
      super(in);
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object object) throws InvalidObjectException {
      sharedParts.count(object);
      return object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws ClassNotFoundException, InvalidClassException {
      Class<?> type = PRIMITIVES.get(description.getName());
      if (type == null) {
        type = Class.forName(description.getName(), false, classLoader);
      }
      if (!isAllowed(type)) {
        throw new InvalidClassException(type.getName(), "the class is not allowed here");
      }
      return type;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
      throw new ClassNotFoundException("dynamic proxies are not read from a server");
    }
  }
}
