package dev.larder.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on another executor, only so many at a time; the others wait in the order in which
 * they came, without a thread.
 */
public final class Throttle implements Executor {
  private final Executor executor;
  private final int width;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  /** How many tasks run; guarded by the lock. */
  private int running;

  /** Lets through as many tasks at a time as the width says. */
  public Throttle(Executor executor, int width) {
    this.executor = executor;
    this.width = width;
  }

  /**
   * Runs a task now or later.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the other executor takes no more
   */
  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      if (running == width) {
        waiting.add(task);
        return;
      }
      running++;
    } finally {
      lock.unlock();
    }
    boolean accepted = false;
    try {
      executor.execute(() -> runAndGoOn(task));
      accepted = true;
    } finally {
      if (!accepted) {
        leave();
      }
    }
  }

  private void runAndGoOn(Runnable first) {
    for (Runnable task = first; task != null; task = next()) {
      task.run();
    }
  }

  private void leave() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next task, or gives up this one's place. */
  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = waiting.poll();
      if (task == null) {
        running--;
      }
      return task;
    } finally {
      lock.unlock();
    }
  }
}
