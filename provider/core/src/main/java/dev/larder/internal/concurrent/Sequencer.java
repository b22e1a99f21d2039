package dev.larder.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one key in the order in which they were added, one at a time; those of
 * different keys run side by side.
 *
 * <p>It has no thread of its own: whoever {@linkplain #drain drains} a key runs all that is there,
 * its own tasks and others', while later arrivals find the key taken.
 *
 * @param <K> the type of keys
 */
public final class Sequencer<K> {
  private final ConcurrentHashMap<K, Lane> lanes = new ConcurrentHashMap<>();

  /** Adds a task, which must not throw, to its key's order; someone has to drain the key. */
  public Ticket add(K key, Runnable task) {
    Ticket[] added = new Ticket[1];
    lanes.compute(
        key,
        (k, present) -> {
          Lane lane = present == null ? new Lane() : present;
          added[0] = new Ticket(lane, task, present == null);
          lane.tickets.add(added[0]);
          return lane;
        });
    return added[0];
  }

  /**
   * Runs the key's tasks until there are none.
   *
   * @return false, having run none, if a drain of this key is going on
   */
  public boolean drain(K key) {
    Thread me = Thread.currentThread();
    boolean[] claimed = new boolean[1];
    Lane lane =
        lanes.computeIfPresent(
            key,
            (k, present) -> {
              claimed[0] = present.runner == null;
              present.runner = claimed[0] ? me : present.runner;
              return present;
            });
    if (lane == null) {
      return true;
    }
    if (!claimed[0]) {
      return false;
    }
    for (Ticket next = poll(key); next != null; next = poll(key)) {
      next.run();
    }
    return true;
  }

  private @Nullable Ticket poll(K key) {
    Ticket[] polled = new Ticket[1];
    lanes.computeIfPresent(
        key,
        (k, present) -> {
          polled[0] = present.tickets.poll();
          return polled[0] == null ? null : present;
        });
    return polled[0];
  }

  /** The tasks of one key; written only inside the map's own atomic methods. */
  private static final class Lane {
    private final Queue<Ticket> tickets = new ArrayDeque<>();
    private volatile @Nullable Thread runner;
  }

  /** A task's place in the order. */
  public static final class Ticket implements Occupied {
    private final Lane lane;
    private final Runnable task;
    private final boolean first;
    private final CountDownLatch done = new CountDownLatch(1);

    private Ticket(Lane lane, Runnable task, boolean first) {
      this.lane = lane;
      this.task = task;
      this.first = first;
    }

    /** Says whether no other task of the key was waiting: who added this one sees to the drain. */
    public boolean isFirst() {
      return first;
    }

    private void run() {
      try {
        task.run();
      } finally {
        done.countDown();
      }
    }

    @Override
    public @Nullable Thread occupant() {
      return lane.runner;
    }

    @Override
    public boolean isFree() {
      return done.getCount() == 0;
    }

    @Override
    public void awaitFree() throws InterruptedException {
      done.await();
    }
  }
}
