package dev.larder.internal.front;

import dev.larder.spi.SparseLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one cache that no caller waits for; each tells its {@link CompletionListener} once,
 * whatever happens.
 */
final class BackgroundLoads {
  private static final Logger LOG = System.getLogger("dev.larder.loader");
  private static final long CLOSE_SECONDS = 2;

  private final SparseLog failures = new SparseLog("dev.larder.loader");
  private final String cacheName;
  private final Executor executor;
  private final BooleanSupplier closed;

  /** The loads under way, by the thread that runs each. */
  private final Map<Thread, CountDownLatch> running = new ConcurrentHashMap<>();

  /**
   * Creates an empty set of loads.
   *
   * @param closed says whether the cache is closed; no load starts from then on
   */
  BackgroundLoads(String cacheName, Executor executor, BooleanSupplier closed) {
    this.cacheName = cacheName;
    this.executor = executor;
    this.closed = closed;
  }

  /**
   * Runs a load on the executor.
   *
   * @throws CacheException if there is no thread for it
   */
  void start(Runnable load, @Nullable CompletionListener listener) {
    try {
      executor.execute(() -> tell(listener, attempt(load)));
    } catch (RejectedExecutionException e) {
      throw new CacheException("cache '" + cacheName + "' cannot load: it is closing", e);
    }
  }

  private @Nullable Exception attempt(Runnable load) {
    CountDownLatch done = new CountDownLatch(1);
    running.put(Thread.currentThread(), done);
    try {
      if (!closed.getAsBoolean()) {
        load.run();
      }
    } catch (Exception e) {
      return e;
    } catch (Error e) {
      return new CacheLoaderException("cache '" + cacheName + "': the cache loader failed", e);
    } finally {
      running.remove(Thread.currentThread());
      done.countDown();
    }
    return closed.getAsBoolean()
        ? new CacheException("cache '" + cacheName + "' was closed before it had loaded")
        : null;
  }

  private void tell(@Nullable CompletionListener listener, @Nullable Exception failure) {
    if (listener == null) {
      if (failure != null) {
        failures.warn(
            failure.getClass().getName(), "cache '" + cacheName + "' could not load", failure);
      }
      return;
    }
    try {
      if (failure == null) {
        listener.onCompletion();
      } else {
        listener.onException(failure);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a completion listener of cache '" + cacheName + "' failed", e);
    }
  }

  /**
   * Waits a while for the loads under way, so that their loader can be closed; the cache is marked
   * as closed. A load that closes its own cache is not waited for.
   */
  void awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    try {
      for (Map.Entry<Thread, CountDownLatch> load : running.entrySet()) {
        if (load.getKey() != Thread.currentThread()
            && !load.getValue().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          LOG.log(
              Level.WARNING,
              "cache '" + cacheName + "' closes while its loader still runs on " + load.getKey());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
