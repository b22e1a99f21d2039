package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What was read of a bounded cache and the server has not been told; the last read comes last. */
final class UseNotes {
  /** What one message carries, and what makes one go at once. */
  static final int ENOUGH = 100;

  /** What is kept at most; a server that is slow or gone must not cost memory. */
  private static final int MOST = 1_000;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<ByteBuffer, Use> uses = new LinkedHashMap<>();

  /** Notes a use, unless there are too many; returns how many members are noted now. */
  int add(byte[] member) {
    ByteBuffer key = ByteBuffer.wrap(member);
    lock.lock();
    try {
      Use before = uses.remove(key);
      if (uses.size() < MOST) {
        uses.put(key, new Use(member, before == null ? 1 : before.times() + 1));
      }
      return uses.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest notes out: members, each followed by its number of uses. */
  List<byte[]> take() {
    List<byte[]> taken = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Use> each = uses.values().iterator();
      while (each.hasNext() && taken.size() < 2 * ENOUGH) {
        Use use = each.next();
        taken.add(use.member());
        taken.add(bytes(Integer.toString(use.times())));
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
      uses.clear();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Use(byte[] member, int times) {}
}
