package dev.larder.tck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** Cache writers for tests. */
final class Writers {
  private Writers() {}

  /** Remembers its calls, and fails for the keys that it is told to. */
  static final class Recording implements CacheWriter<Object, Object> {
    final Set<Object> failing = ConcurrentHashMap.newKeySet();
    private final List<String> calls = new ArrayList<>();

    @Override
    public synchronized void write(Cache.Entry<? extends Object, ? extends Object> entry) {
      calls.add("write " + text(entry));
      check(entry.getKey());
    }

    @Override
    public synchronized void writeAll(
        Collection<Cache.Entry<? extends Object, ? extends Object>> entries) {
      calls.add("writeAll " + texts(entries.stream().map(Recording::text).toList()));
      Iterator<Cache.Entry<? extends Object, ? extends Object>> iterator = entries.iterator();
      boolean failed = false;
      while (iterator.hasNext()) {
        if (failing.contains(iterator.next().getKey())) {
          failed = true;
        } else {
          iterator.remove();
        }
      }
      if (failed) {
        throw new IllegalStateException("a writer that fails");
      }
    }

    @Override
    public synchronized void delete(Object key) {
      calls.add("delete " + key);
      check(key);
    }

    @Override
    public synchronized void deleteAll(Collection<?> keys) {
      calls.add("deleteAll " + texts(keys));
      boolean failed = !keys.stream().noneMatch(failing::contains);
      keys.removeIf(key -> !failing.contains(key));
      if (failed) {
        throw new IllegalStateException("a writer that fails");
      }
    }

    private void check(Object key) {
      if (failing.contains(key)) {
        throw new IllegalStateException("a writer that fails");
      }
    }

    private static String text(Cache.Entry<?, ?> entry) {
      return entry.getKey() + "=" + entry.getValue();
    }

    private static String texts(Collection<?> parts) {
      return parts.stream()
          .map(String::valueOf)
          .sorted(Comparator.naturalOrder())
          .collect(Collectors.joining(" "));
    }

    /** Returns the calls so far; the parts of a bulk call are in alphabetical order. */
    synchronized List<String> calls() {
      return List.copyOf(calls);
    }
  }
}
