package dev.larder.internal.front;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads on which a manager runs user code that no caller waits for. */
final class DaemonThreads {
  private static final long IDLE_SECONDS = 10;
  private static final int MOST_STAND_INS = 256;

  private DaemonThreads() {}

  /** Returns a pool that grows as needed, and keeps no thread alive when there is nothing to do. */
  static ExecutorService pool(String name, ClassLoader contextClassLoader) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
          thread.setDaemon(true);
          thread.setContextClassLoader(contextClassLoader);
          return thread;
        });
  }

  /**
   * Returns a pool of a few threads for short tasks. Where one of them waits for a future all the
   * same, another takes its place.
   */
  static ExecutorService fewThreads(String name, ClassLoader contextClassLoader) {
    AtomicInteger count = new AtomicInteger();
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new ForkJoinPool(
        threads,
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName(name + "-" + count.incrementAndGet());
          thread.setContextClassLoader(contextClassLoader);
          return thread;
        },
        null,
        true,
        0,
        MOST_STAND_INS + threads,
        1,
        null,
        IDLE_SECONDS,
        TimeUnit.SECONDS);
  }
}
