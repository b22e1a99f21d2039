package dev.larder.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Threads that a test starts and waits for; all waiting ends within 30 seconds. */
final class Threads implements AutoCloseable {
  static final long SECONDS = 30;

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "kit");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts a task. */
  <T> Future<T> start(Callable<T> task) {
    return executor.submit(task);
  }

  /** Returns the result of a task that was started. */
  static <T> T result(Future<T> future) throws Exception {
    return future.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Runs a task on several threads that start together, and returns their results. */
  static <T> List<T> race(int count, IntFunction<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    try (Threads threads = new Threads()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(
            threads.start(
                () -> {
                  start.await(SECONDS, TimeUnit.SECONDS);
                  return task.apply(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(result(future));
      }
      return results;
    }
  }

  /** Waits for a latch that some other thread opens. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody opened the latch within " + SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a latch", e);
    }
  }

  /** Waits for something that some other thread makes true. */
  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS)) {
        throw new AssertionError("did not become true within " + SECONDS + " seconds");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
