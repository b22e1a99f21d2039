package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client has learnt of a bounded cache's entries and not told the server, in the order in
 * which it learnt it. It is told when there is enough of it, or after a while; whoever sends
 * something to the order anyway may take notes along.
 */
final class OrderNotes {
  /** What one message carries, and what makes one go at once. */
  private static final int ENOUGH = 100;

  /** What is kept at most: a server that is slow or gone must not cost memory. */
  private static final int MOST = 1_000;

  /** How long a note may wait for others. */
  private static final Duration DELAY = Duration.ofMillis(100);

  private static final byte[] USE = bytes("use");
  private static final byte[] LOWER = bytes("lower");
  private static final byte[] DROP = bytes("drop");
  private static final byte[] NOTHING = {};

  private final Wire wire;
  private final Runnable tell;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<ByteBuffer, Note> notes = new LinkedHashMap<>();

  /**
   * Creates an empty book.
   *
   * @param tell sends what {@link #take} returns, without waiting
   */
  OrderNotes(Wire wire, Runnable tell) {
    this.wire = wire;
    this.tell = tell;
  }

  /** Notes that an entry was used. */
  void use(byte[] member) {
    add(new Note(USE, member, 1, NOTHING));
  }

  /** Notes that there is no such entry, so that it goes first if there is one after all. */
  void lower(byte[] member) {
    add(new Note(LOWER, member, 0, NOTHING));
  }

  /** Notes that an entry was evicted, so that it leaves the order unless it has another score. */
  void drop(byte[] member, byte[] score) {
    add(new Note(DROP, member, 0, score));
  }

  private void add(Note note) {
    int count;
    lock.lock();
    try {
      ByteBuffer key = ByteBuffer.wrap(note.member());
      Note before = notes.remove(key);
      if (notes.size() < MOST) {
        notes.put(key, before == null ? note : note.after(before));
      }
      count = notes.size();
    } finally {
      lock.unlock();
    }
    if (count >= ENOUGH) {
      tell.run();
    } else if (waiting.compareAndSet(false, true)) {
      wire.later(this::tellNow, DELAY);
    }
  }

  private void tellNow() {
    waiting.set(false);
    tell.run();
  }

  /** Takes the oldest notes out: for each what it says, of which member, and a number. */
  List<byte[]> take() {
    List<byte[]> taken = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Note> each = notes.values().iterator();
      for (int i = 0; i < ENOUGH && each.hasNext(); i++) {
        taken.addAll(each.next().words());
        each.remove();
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /** Forgets all notes. */
  void clear() {
    lock.lock();
    try {
      notes.clear();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Note(byte[] verb, byte[] member, int times, byte[] score) {

    /** Returns what this note and an older one of the same member say together. */
    Note after(Note older) {
      return new Note(verb, member, times > 0 ? times + older.times : 0, score);
    }

    List<byte[]> words() {
      return List.of(verb, member, times > 0 ? bytes(Integer.toString(times)) : score);
    }
  }
}
