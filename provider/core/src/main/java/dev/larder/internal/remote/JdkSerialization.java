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
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization that reads no class which is not allowed.
 *
 * <p>Whoever can write to the server chooses the bytes that are read here, so only these classes
 * come to life: value types and collections of the JDK, the types that the cache was declared with
 * and what they are made of, those that match the configured patterns, and those that this JVM has
 * written to the cache itself. Where patterns are configured, nothing else is written.
 */
final class JdkSerialization {
  private static final int MAX_DEPTH = 20;
  private static final long MAX_REFERENCES = 1_000_000;

  /** With fewer objects that may contain others, nothing can be nested too deep. */
  private static final int SHALLOW = MAX_DEPTH - 3;

  private static final String NOT_ALLOWED = "the class is not allowed here; see allowedClasses";

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

  private final List<String> patterns;

  /**
   * Creates the serialization of one cache.
   *
   * @param declared the types that the cache was declared with
   * @param patterns names of classes, or of packages with {@code .*} or, with those below them,
   *     {@code .**}; empty for whatever this JVM writes
   */
  JdkSerialization(
      String cacheName,
      ClassLoader classLoader,
      Collection<Class<?>> declared,
      List<String> patterns) {
    this.cacheName = cacheName;
    this.classLoader = classLoader;
    this.patterns = patterns;
    ownClasses.addAll(DeclaredTypes.namesOf(declared));
  }

  /**
   * Returns the serialized form of an object.
   *
   * @throws CacheException if it has none
   */
  byte[] write(Object object) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(256);
      boolean shallow;
      try (NotingOutput objects = new NotingOutput(out)) {
        objects.writeObject(object);
        shallow = objects.containers <= SHALLOW;
      }
      byte[] bytes = out.toByteArray();
      if (!shallow || bytes.length > MAX_REFERENCES) {
        read(bytes, 0);
      }
      return bytes;
    } catch (UndecodableException e) {
      throw new CacheException(
          "cache '%s' cannot store a %s, which could not be read again: %s; store something simpler, or set another serializer"
              .formatted(cacheName, object.getClass().getName(), e.getMessage()),
          e);
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
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      throw new UndecodableException("the bytes cannot be deserialized: " + reason(e), e);
    }
  }

  /** Returns what went wrong, without what may be a part of the bytes. */
  private static String reason(Throwable failure) {
    if (failure.getCause() instanceof TooMuchException tooMuch) {
      return String.valueOf(tooMuch.getMessage());
    }
    return failure instanceof InvalidClassException || failure instanceof ClassNotFoundException
        ? String.valueOf(failure.getMessage())
        : failure.getClass().getName();
  }

  /** Only bounds what is read; which classes may come to life, {@link LoadingInput} says. */
  private static ObjectInputFilter filter(int length) {
    return info -> {
      if (info.depth() > MAX_DEPTH) {
        throw new TooMuchException("it is nested deeper than " + MAX_DEPTH + " objects");
      }
      if (info.references() > MAX_REFERENCES) {
        throw new TooMuchException("it has more than " + MAX_REFERENCES + " references");
      }
      return info.arrayLength() > length ? Status.REJECTED : Status.ALLOWED;
    };
  }

  /** Tells why the filter rejects: it becomes the cause of what the stream throws. */
  private static final class TooMuchException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
      super(message);
    }
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
    if (type.isPrimitive() || type.isInterface()) {
      return true; // What an array of them contains is checked by itself.
    }
    String name = type.getName();
    return ALLOWED_CLASSES.contains(name)
        || ownClasses.contains(name)
        || name.startsWith("java.util.Collections$")
        || name.startsWith("java.util.ImmutableCollections$")
        || ALLOWED_PACKAGES.stream().anyMatch(name::startsWith)
        || patterns.stream().anyMatch(pattern -> matches(name, pattern));
  }

  private static boolean matches(String name, String pattern) {
    if (pattern.endsWith(".**")) {
      return name.startsWith(pattern.substring(0, pattern.length() - 2));
    }
    return pattern.endsWith(".*")
        ? name.substring(0, name.lastIndexOf('.') + 1)
            .equals(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** Notes the classes that it writes as those that may be read, and counts objects. */
  private final class NotingOutput extends ObjectOutputStream {
    /** How many objects there are that may contain others. */
    private int containers;

    /**
     * What the stream was refused first: it then tries to write this, whose class is refused too.
     */
    private @Nullable InvalidClassException refusal;

    NotingOutput(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      boolean ofJdk = object.getClass().getClassLoader() == null;
      if (!(object instanceof Enum<?> || (ofJdk && isScalar(object)))) {
        containers++;
      }
      return object;
    }

    private static boolean isScalar(Object object) {
      return object instanceof String || object instanceof Number || object instanceof Boolean;
    }

    @Override
    protected void annotateClass(Class<?> type) throws InvalidClassException {
      if (patterns.isEmpty()) {
        ownClasses.add(element(type).getName());
      } else if (!isAllowed(type)) {
        if (refusal == null) {
          refusal = new InvalidClassException(type.getName(), NOT_ALLOWED);
        }
        throw refusal;
      }
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
        throw new InvalidClassException(type.getName(), NOT_ALLOWED);
      }
      return type;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
      throw new ClassNotFoundException("dynamic proxies are not read from a server");
    }
  }
}
