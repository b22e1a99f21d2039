package dev.larder;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;

/** Weighs entries by their size in bytes. */
enum ByteWeigher implements Weigher<Object, Object> {
  BYTES;

  /** What the map, its table and the node of an entry take. */
  private static final long ENTRY = 84;

  private static final long HEADER = 16;

  @Override
  public long weigh(Object key, Object value) {
    return ENTRY + size(key) + size(value);
  }

  private static long size(Object object) {
    if (object instanceof CharSequence text) {
      return 2 * HEADER + 8 + (isLatin(text) ? 1L : 2L) * text.length();
    }
    if (object instanceof Number || object instanceof Boolean || object instanceof Character) {
      return HEADER + 8;
    }
    Class<?> component = object.getClass().getComponentType();
    return component != null && component.isPrimitive()
        ? HEADER + (long) Array.getLength(object) * width(component)
        : serialized(object);
  }

  private static boolean isLatin(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static int width(Class<?> primitive) {
    if (primitive == byte.class || primitive == boolean.class) {
      return 1;
    }
    if (primitive == short.class || primitive == char.class) {
      return 2;
    }
    return primitive == int.class || primitive == float.class ? 4 : 8;
  }

  private static long serialized(Object object) {
    Counter counter = new Counter();
    try (ObjectOutputStream out = new ObjectOutputStream(counter)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be weighed in bytes, because it cannot be serialized; set a weigher of your own"
              .formatted(object.getClass().getName()),
          e);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
