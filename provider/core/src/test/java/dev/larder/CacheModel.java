package dev.larder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;

/**
 * What a cache should do, written down as plainly as can be: a map, a clock in milliseconds, and
 * lists of what should have been told to whom.
 */
final class CacheModel {
  static final long FOREVER = Long.MAX_VALUE;
  static final int UNWRITABLE = 3;
  static final List<String> FIGURES = List.of("Hits", "Misses", "Puts", "Removals", "Evictions");

  /** Milliseconds to live after each kind of use; {@code null} for the default. */
  record TimesToLive(Long creation, Long update, Long access) {}

  /** What a listener is told. */
  record Event(String type, int key, Integer oldValue, Integer value) {}

  private record Stored(int value, long deadline) {}

  private final TimesToLive times;
  private final boolean written;
  private final boolean readThrough;
  private final Map<Integer, Stored> entries = new LinkedHashMap<>();
  private final Map<String, Long> statistics = new TreeMap<>();
  private final List<String> writes = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private long now;

  CacheModel(TimesToLive times, boolean written, boolean readThrough) {
    this.times = times;
    this.written = written;
    this.readThrough = readThrough;
    FIGURES.forEach(figure -> statistics.put(figure, 0L));
  }

  static Integer loaded(int key) {
    return key == 0 ? null : key % 3;
  }

  long now() {
    return now;
  }

  Map<String, Long> statistics() {
    return statistics;
  }

  List<String> writes() {
    return writes;
  }

  List<Event> events(int key) {
    return events.stream().filter(event -> event.key() == key).toList();
  }

  Object attempt(Supplier<Object> call) {
    try {
      return call.get();
    } catch (CacheWriterException | EntryProcessorException e) {
      return e.getClass();
    }
  }

  Object advance(long millis) {
    now += millis;
    new ArrayList<>(entries.keySet()).forEach(this::expireIfDue);
    return null;
  }

  // ---- what an entry goes through --------------------------------------------------------------

  private void expireIfDue(int key) {
    Stored stored = entries.get(key);
    if (stored != null && stored.deadline() <= now) {
      entries.remove(key);
      events.add(new Event("EXPIRED", key, stored.value(), stored.value()));
    }
  }

  private long deadline(Long timeToLive, long otherwise) {
    if (timeToLive == null) {
      return otherwise;
    }
    return timeToLive == FOREVER ? FOREVER : now + timeToLive;
  }

  private void count(String figure) {
    statistics.merge(figure, 1L, Long::sum);
  }

  private void countLookup(int key) {
    count(entries.containsKey(key) ? "Hits" : "Misses");
  }

  private Integer value(int key) {
    Stored stored = entries.get(key);
    return stored == null ? null : stored.value();
  }

  private void touch(int key) {
    Stored stored = entries.get(key);
    place(key, new Stored(stored.value(), deadline(times.access(), stored.deadline())));
  }

  private void place(int key, Stored stored) {
    entries.put(key, stored);
    expireIfDue(key);
  }

  private void write(int key, int value) {
    if (written) {
      if (value == UNWRITABLE) {
        throw new CacheWriterException("on purpose");
      }
      writes.add(key + "=" + value);
    }
  }

  private void delete(int key) {
    if (written) {
      writes.add(key + " deleted");
    }
  }

  /** Stores what is written already. */
  private void store(int key, int value, boolean counts) {
    Stored before = entries.get(key);
    if (before == null) {
      long deadline = deadline(times.creation(), FOREVER);
      if (deadline <= now) {
        return;
      }
      events.add(new Event("CREATED", key, null, value));
      place(key, new Stored(value, deadline));
    } else {
      events.add(new Event("UPDATED", key, before.value(), value));
      place(key, new Stored(value, deadline(times.update(), before.deadline())));
    }
    if (counts) {
      count("Puts");
    }
  }

  private void drop(int key) {
    Stored stored = entries.remove(key);
    events.add(new Event("REMOVED", key, stored.value(), stored.value()));
    count("Removals");
  }

  // ---- operations ------------------------------------------------------------------------------

  boolean containsKey(int key) {
    return entries.containsKey(key);
  }

  Set<Integer> liveKeys() {
    return new TreeSet<>(entries.keySet());
  }

  Integer get(int key) {
    countLookup(key);
    Integer value = value(key);
    if (value != null) {
      touch(key);
      return value;
    }
    Integer loaded = readThrough ? loaded(key) : null;
    if (loaded != null) {
      store(key, loaded, false);
    }
    return loaded;
  }

  Map<Integer, Integer> getAll(Set<Integer> keys) {
    Map<Integer, Integer> values = new TreeMap<>();
    for (int key : keys) {
      Integer value = get(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  Object put(int key, int value) {
    write(key, value);
    store(key, value, true);
    return null;
  }

  Integer getAndPut(int key, int value) {
    write(key, value);
    countLookup(key);
    Integer before = value(key);
    store(key, value, true);
    return before;
  }

  /** The writer stops at the first value that it cannot write; what it wrote is stored. */
  Object putAll(Map<Integer, Integer> map) {
    for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
      write(entry.getKey(), entry.getValue());
      store(entry.getKey(), entry.getValue(), true);
    }
    return null;
  }

  boolean putIfAbsent(int key, int value) {
    boolean absent = !entries.containsKey(key);
    if (absent) {
      write(key, value);
    }
    countLookup(key);
    if (absent) {
      store(key, value, true);
    }
    return absent;
  }

  boolean remove(int key) {
    delete(key);
    boolean present = entries.containsKey(key);
    if (present) {
      drop(key);
    }
    return present;
  }

  Integer getAndRemove(int key) {
    delete(key);
    countLookup(key);
    Integer before = value(key);
    if (before != null) {
      drop(key);
    }
    return before;
  }

  boolean removeIfEqual(int key, int value) {
    countLookup(key);
    if (value(key) == null) {
      return false;
    }
    if (value(key) != value) {
      touch(key);
      return false;
    }
    delete(key);
    drop(key);
    return true;
  }

  Integer getAndReplace(int key, int value) {
    Integer before = value(key);
    if (before != null) {
      write(key, value);
    }
    countLookup(key);
    if (before != null) {
      store(key, value, true);
    }
    return before;
  }

  boolean replaceIfEqual(int key, int expected, int value) {
    Integer before = value(key);
    if (before != null && before == expected) {
      write(key, value);
      countLookup(key);
      store(key, value, true);
      return true;
    }
    countLookup(key);
    if (before != null) {
      touch(key);
    }
    return false;
  }

  /** Deletes are told to the writer for all keys, and in one call. */
  Object removeAll(Set<Integer> keys) {
    new TreeSet<>(keys).forEach(this::remove);
    return null;
  }

  Object clear() {
    entries.clear();
    return null;
  }

  Map<Integer, Integer> iterate() {
    Map<Integer, Integer> seen = new TreeMap<>();
    for (int key : liveKeys()) {
      seen.put(key, value(key));
      count("Hits");
      touch(key);
    }
    return seen;
  }

  Map<Integer, Integer> iterateAndRemove(int value) {
    Map<Integer, Integer> seen = new TreeMap<>();
    for (int key : liveKeys()) {
      int found = value(key);
      seen.put(key, found);
      count("Hits");
      touch(key);
      if (found == value) {
        remove(key);
      }
    }
    return seen;
  }

  Object loadAll(Set<Integer> keys, boolean replacing) {
    if (readThrough) {
      for (int key : keys) {
        if ((replacing || !containsKey(key)) && loaded(key) != null) {
          store(key, loaded(key), false);
        }
      }
    }
    return null;
  }

  // ---- entry processors ------------------------------------------------------------------------

  /** A processor: (g)et, (e)xists, (s)et, (r)emove, fail with (x); tells what it saw. */
  static String play(String script, MutableEntry<Integer, Integer> entry, int value) {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < script.length(); i++) {
      switch (script.charAt(i)) {
        case 'g' -> seen.append(entry.getValue());
        case 'e' -> seen.append(entry.exists());
        case 's' -> entry.setValue(value);
        case 'r' -> entry.remove();
        default -> throw new IllegalStateException("on purpose");
      }
      seen.append(entry.exists() ? '+' : '-');
    }
    return seen.toString();
  }

  String invoke(ModelTest.Step step, String script) {
    Played entry = new Played(step.key());
    String seen;
    try {
      seen = play(script, entry, step.value());
    } catch (IllegalStateException e) {
      throw new EntryProcessorException(e);
    }
    int key = step.key();
    boolean sets = entry.end == 's';
    boolean removes = entry.end == 'r';
    if (sets) {
      write(key, entry.value);
    } else if (removes) {
      delete(key);
    }
    countLookup(key);
    if (entry.initial != null && entry.looked) {
      Stored stored = entries.get(key);
      Long access = times.access();
      Stored touched = new Stored(stored.value(), deadline(access, stored.deadline()));
      if (sets || removes) {
        entries.put(key, touched);
      } else {
        place(key, touched);
      }
    }
    if (sets) {
      store(key, entry.value, true);
    } else if (removes && entry.initial != null) {
      drop(key);
    } else if (entry.end == 'l') {
      store(key, entry.value, false);
    }
    return seen;
  }

  /** The entry that a processor gets. */
  private final class Played implements MutableEntry<Integer, Integer> {
    private final int key;
    private final Integer initial;
    private Integer value;
    private boolean looked;
    private boolean known;

    /** What remains of all calls: (s)et, (r)emove, (l)oad or nothing. */
    private char end = '-';

    Played(int key) {
      this.key = key;
      this.initial = CacheModel.this.value(key);
      this.value = initial;
      this.known = initial != null;
    }

    @Override
    public Integer getKey() {
      return key;
    }

    @Override
    public Integer getValue() {
      if (end == '-' && !looked) {
        looked = true;
        if (initial == null && readThrough && loaded(key) != null) {
          value = loaded(key);
          known = true;
          end = 'l';
        }
      }
      return value;
    }

    @Override
    public boolean exists() {
      return value != null;
    }

    @Override
    public void remove() {
      end = end == 's' && !known ? '-' : 'r';
      value = null;
    }

    @Override
    public void setValue(Integer newValue) {
      value = newValue;
      end = 's';
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException(type.getName());
    }
  }
}
