package dev.larder.internal.remote;

import java.io.InvalidObjectException;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work that a few bytes can make for whoever hashes or compares what is read from them.
 *
 * <p>A collection that contains another one several times, and so on level by level, is short to
 * write and takes exponential time to hash: the attack known as SerialDOS. So each collection is
 * counted as large as it looks to {@code hashCode}, which follows every path, before anything that
 * contains it can hash it; what does not share parts stays far below the bound.
 */
final class SharedParts {
  /** As many as the references that may be read, times the depth in which each may stand. */
  private static final long MOST_VISITS = 20_000_000;

  private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();
  private long visits;

  /**
   * Counts an object that was read with all that it contains.
   *
   * @throws InvalidObjectException if hashing takes too long
   */
  void count(Object object) throws InvalidObjectException {
    if (object.getClass().getClassLoader() != null) {
      return; // its hashCode is the application's own
    }
    long size = 1;
    if (object instanceof Collection<?> collection) {
      size = sizeOf(collection);
    } else if (object instanceof Map<?, ?> map) {
      size = sizeOf(map.keySet()) + sizeOf(map.values());
    } else if (object instanceof Map.Entry<?, ?> entry) {
      size = sizeOf(entry.getKey()) + sizeOf(entry.getValue());
    } else if (object instanceof Object[] array) {
      size = sizeOf(Arrays.asList(array));
    }
    if (size > 1) {
      sizes.put(object, size);
      visits += size;
      check(visits);
    }
  }

  private long sizeOf(Collection<?> elements) throws InvalidObjectException {
    long size = 1;
    for (Object element : elements) {
      size += sizeOf(element);
      check(size);
    }
    return size;
  }

  private long sizeOf(@Nullable Object element) {
    return sizes.getOrDefault(element, 1L);
  }

  private static void check(long visits) throws InvalidObjectException {
    if (visits > MOST_VISITS) {
      throw new InvalidObjectException("it contains the same parts too often");
    }
  }
}
