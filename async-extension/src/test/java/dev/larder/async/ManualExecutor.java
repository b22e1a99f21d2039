package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks when the test says so, on the test's thread. */
final class ManualExecutor implements Executor {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean shutDown;

  @Override
  public void execute(Runnable task) {
    if (shutDown) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
  }

  /** Returns how many tasks could run now. */
  int ready() {
    return tasks.size();
  }

  void runOne() {
    assertThat(tasks).isNotEmpty();
    tasks.remove().run();
  }

  void runAll() {
    while (!tasks.isEmpty()) {
      runOne();
    }
  }

  /** Refuses all tasks from now on. */
  void shutDown() {
    shutDown = true;
  }
}
