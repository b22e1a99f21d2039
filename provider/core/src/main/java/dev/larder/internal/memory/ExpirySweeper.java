package dev.larder.internal.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reclaims expired entries in the background, cache by cache, and moves the {@link Horizon} on.
 *
 * <p>One daemon thread per manager keeps the time. A sweep looks at each entry of its cache once
 * and takes no lock but the expired keys'; the pause after it is a second, or twenty times as long
 * as it took, so that sweeping never costs more than a twentieth of one core.
 */
final class ExpirySweeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.larder.expiry");
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int PAUSE_PER_WORK = 20;

  private final Horizon horizon;
  private final AtomicBoolean beating = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor timer;

  ExpirySweeper(String threadName, Horizon horizon) {
    this.horizon = horizon;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Sweeps an engine from now on until it is closed; listeners run on the executor. */
  void watch(MemoryEngine<?, ?> engine, Executor executor) {
    if (beating.compareAndSet(false, true)) {
      unlessClosed(this::startHeartbeat);
    }
    schedule(engine, executor, SHORTEST_PAUSE_NANOS);
  }

  private void startHeartbeat() {
    var unused = timer.scheduleWithFixedDelay(horizon::renew, 0, 1, TimeUnit.SECONDS);
  }

  private void schedule(MemoryEngine<?, ?> engine, Executor executor, long pauseNanos) {
    unlessClosed(
        () -> {
          var unused =
              timer.schedule(
                  () -> unlessClosed(() -> executor.execute(() -> sweep(engine, executor))),
                  pauseNanos,
                  TimeUnit.NANOSECONDS);
        });
  }

  private static void unlessClosed(Runnable handover) {
    try {
      handover.run();
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the manager is closed; no more sweeps", e);
    }
  }

  private void sweep(MemoryEngine<?, ?> engine, Executor executor) {
    long start = System.nanoTime();
    try {
      engine.sweep();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener failed for an expired entry", e);
    } finally {
      if (!engine.isClosed()) {
        long work = System.nanoTime() - start;
        schedule(engine, executor, Math.max(SHORTEST_PAUSE_NANOS, PAUSE_PER_WORK * work));
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    horizon.forget();
  }
}
