package dev.larder.cdi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of a {@link MethodKey}: the same bytes for equal arguments.
 *
 * <p>Java's serialization alone does not give that. It writes a reference where an object comes a
 * second time, so two equal strings differ from one string twice; sets and maps are written in the
 * order of their iteration, which differs between JVMs; and equal collections may be of different
 * classes. So strings, numbers, arrays and the JDK's collections are written by their content here,
 * sets and maps in the order of their elements' bytes. Objects of other classes are serialized:
 * those that are equal should have equal bytes. Where they do not, an entry is not found, never a
 * wrong one.
 */
final class ArgumentForm implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int LONGEST_UTF = 0xFFFF / 3; // writeUTF takes up to 3 bytes for a char

  private transient @Nullable Object[] arguments;

  ArgumentForm(@Nullable Object[] arguments) {
    this.arguments = arguments;
  }

  private Object readResolve() {
    return new MethodKey(arguments);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(arguments.length);
    for (Object argument : arguments) {
      write(argument, out);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    arguments = readAll(in).toArray();
  }

  private static void write(@Nullable Object object, ObjectOutputStream out) throws IOException {
    if (object == null) {
      out.writeByte('0');
    } else if (object instanceof String string) {
      writeString(string, out);
    } else if (object instanceof Integer number) {
      out.writeByte('i');
      out.writeInt(number);
    } else if (object instanceof Long number) {
      out.writeByte('l');
      out.writeLong(number);
    } else if (object instanceof Object[] array) {
      out.writeByte('A');
      out.writeObject(array.getClass().componentType());
      writeAll(Arrays.asList(array), out);
    } else if (object.getClass().getName().startsWith("java.util.")
        && (object instanceof Collection || object instanceof Map)) {
      writeCollection(object, out);
    } else {
      writeOther(object, out);
    }
  }

  private static void writeString(String string, ObjectOutputStream out) throws IOException {
    if (string.length() <= LONGEST_UTF) {
      out.writeByte('s');
      out.writeUTF(string);
    } else {
      out.writeByte('c');
      out.writeInt(string.length());
      out.writeChars(string);
    }
  }

  private static void writeCollection(Object object, ObjectOutputStream out) throws IOException {
    if (object instanceof List<?> list) {
      out.writeByte('L');
      writeAll(list, out);
    } else if (object instanceof Set<?> set) {
      out.writeByte('S');
      writeAll(sorted(set), out);
    } else if (object instanceof Map<?, ?> map) {
      out.writeByte('M');
      var values = new ArrayList<@Nullable Object>();
      var keys = sorted(map.keySet());
      keys.forEach(key -> values.add(map.get(key)));
      writeAll(keys, out);
      writeAll(values, out);
    } else {
      writeOther(object, out);
    }
  }

  private static void writeAll(Collection<?> objects, ObjectOutputStream out) throws IOException {
    out.writeInt(objects.size());
    for (Object object : objects) {
      write(object, out);
    }
  }

  private static void writeOther(Object object, ObjectOutputStream out) throws IOException {
    out.writeByte('O');
    out.writeUnshared(object);
  }

  private static Collection<?> sorted(Set<?> set) throws IOException {
    var sorted = new TreeMap<byte[], Object>(Arrays::compare);
    for (Object element : set) {
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        write(element, out);
      }
      sorted.put(bytes.toByteArray(), element);
    }
    return sorted.values();
  }

  private static @Nullable Object read(ObjectInputStream in)
      throws IOException, ClassNotFoundException {
    byte tag = in.readByte();
    return switch (tag) {
      case '0' -> null;
      case 's' -> in.readUTF();
      case 'c' -> readChars(in);
      case 'i' -> in.readInt();
      case 'l' -> in.readLong();
      case 'A' -> readArray(in);
      case 'L' -> readAll(in);
      case 'S' -> new HashSet<>(readAll(in));
      case 'M' -> readMap(in);
      case 'O' -> in.readObject();
      default -> throw new StreamCorruptedException("no argument begins with " + tag);
    };
  }

  private static String readChars(ObjectInputStream in) throws IOException {
    int length = in.readInt();
    var chars = new StringBuilder();
    while (chars.length() < length) {
      chars.append(in.readChar());
    }
    return chars.toString();
  }

  private static Object readArray(ObjectInputStream in) throws IOException, ClassNotFoundException {
    var type = (Class<?>) in.readObject();
    List<@Nullable Object> elements = readAll(in);
    Object array = Array.newInstance(type, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }

  private static Map<@Nullable Object, @Nullable Object> readMap(ObjectInputStream in)
      throws IOException, ClassNotFoundException {
    List<@Nullable Object> keys = readAll(in);
    List<@Nullable Object> values = readAll(in);
    var map = new HashMap<@Nullable Object, @Nullable Object>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  private static List<@Nullable Object> readAll(ObjectInputStream in)
      throws IOException, ClassNotFoundException {
    int size = in.readInt();
    var objects = new ArrayList<@Nullable Object>();
    for (int i = 0; i < size; i++) {
      objects.add(read(in));
    }
    return objects;
  }
}
