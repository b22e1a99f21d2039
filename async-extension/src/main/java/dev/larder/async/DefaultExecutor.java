package dev.larder.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The executor of asynchronous caches that were given none; all of them share it. */
final class DefaultExecutor {
  private static final int IDLE_SECONDS = 10;

  private DefaultExecutor() {}

  static Executor instance() {
    return Holder.INSTANCE;
  }

  /** Runs something on it. */
  static CompletableFuture<@Nullable Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, instance());
  }

  /** Returns an executor with a virtual thread per task, or null if this JVM has none. */
  static @Nullable Executor virtualThreads() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException olderThanJdk21) {
      return null;
    }
  }

  /**
   * Returns a pool of daemon threads, which end when they have been idle for a while and, until
   * then, keep no class loader but this class's own.
   */
  static ThreadPoolExecutor pool() {
    // Its threads mostly wait, for a cache on the network or a loader.
    int threads = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // each cache bounds what it adds
            task -> {
              String name = "larder-async-" + count.incrementAndGet();
              Thread thread = new Thread(null, task, name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static final class Holder {
    private static final Executor INSTANCE = choose();

    private static Executor choose() {
      Executor virtualThreads = virtualThreads();
      return virtualThreads == null ? pool() : virtualThreads;
    }
  }
}
