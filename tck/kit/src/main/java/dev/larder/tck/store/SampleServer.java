package dev.larder.tck.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SampleStore} talks to: keys, values and a clock that stands still until it is told
 * to move. All stores that name the same server share it. Safe for any thread.
 */
public final class SampleServer {
  private static final int PAGE = 100;
  private static final ConcurrentMap<String, SampleServer> SERVERS = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Hostility hostility = new Hostility();

  /** Each byte of a key is a character here. Guarded by the lock, as are the other fields. */
  private final NavigableMap<String, Slot> slots = new TreeMap<>();

  private long millis;
  private long versions;

  private SampleServer() {}

  /** Returns the server of a name. */
  public static SampleServer named(String name) {
    return SERVERS.computeIfAbsent(name, any -> new SampleServer());
  }

  /** Returns what makes the server misbehave. */
  public Hostility hostility() {
    return hostility;
  }

  /** Moves the clock. */
  public void advance(Duration time) {
    lock.lock();
    try {
      millis += time.toMillis();
    } finally {
      lock.unlock();
    }
  }

  /** Replaces what a key has by what a function makes of it; returns what it had. */
  @Nullable Slot change(byte[] key, Change change) {
    lock.lock();
    try {
      String at = new String(key, ISO_8859_1);
      Slot old = slots.get(at);
      Slot live = old == null || isExpired(old) ? null : old;
      Slot next = change.apply(live);
      if (next == null || isExpired(next)) {
        slots.remove(at);
      } else {
        slots.put(at, next);
      }
      return live;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what a key has. */
  @Nullable Slot read(byte[] key) {
    return change(key, old -> old);
  }

  /** Returns a new value's slot; for a {@link Change}. */
  Slot slot(byte[] value, @Nullable Slot old, long ttl) {
    return new Slot(new Stored(value, ++versions), deadline(old, ttl));
  }

  /** Returns a slot with another time to live; for a {@link Change}. */
  Slot touched(Slot old, long ttl) {
    return new Slot(old.stored(), deadline(old, ttl));
  }

  private long deadline(@Nullable Slot old, long ttl) {
    if (ttl == Ttl.KEEP) {
      return old == null ? Ttl.FOREVER : old.deadline();
    }
    return ttl > Long.MAX_VALUE - millis ? Ttl.FOREVER : millis + ttl;
  }

  private boolean isExpired(Slot slot) {
    return slot.deadline() <= millis;
  }

  /** Returns some keys with a prefix, those behind a cursor if one is given. */
  RemoteStore.Page scan(byte[] prefix, @Nullable String cursor) {
    lock.lock();
    try {
      String start = new String(prefix, ISO_8859_1);
      List<byte[]> keys = new ArrayList<>();
      for (var at : slots.tailMap(cursor == null ? start : cursor, cursor == null).entrySet()) {
        if (!at.getKey().startsWith(start)) {
          break;
        }
        if (keys.size() == PAGE) {
          return new RemoteStore.Page(keys, new String(keys.get(PAGE - 1), ISO_8859_1));
        }
        if (!isExpired(at.getValue())) {
          keys.add(at.getKey().getBytes(ISO_8859_1));
        }
      }
      return new RemoteStore.Page(keys, null);
    } finally {
      lock.unlock();
    }
  }

  /** Removes all keys with a prefix. */
  void clear(byte[] prefix) {
    lock.lock();
    try {
      slots.keySet().removeIf(key -> key.startsWith(new String(prefix, ISO_8859_1)));
    } finally {
      lock.unlock();
    }
  }

  /** What a command does to a key; runs while the server does nothing else. */
  @FunctionalInterface
  interface Change {
    /** Returns what the key has from now on, {@code null} for nothing. */
    @Nullable Slot apply(@Nullable Slot old);
  }

  /** A value and when it expires. */
  record Slot(Stored stored, long deadline) {}
}
