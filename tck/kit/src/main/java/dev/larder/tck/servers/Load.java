package dev.larder.tck.servers;

import dev.larder.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that do the same to a cache again and again, and count what becomes of it. */
public final class Load implements AutoCloseable {
  /** After a failure, so that those who are refused at once leave the processor to others. */
  private static final long PAUSE_NANOS = 500_000;

  private final Runnable action;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final Map<String, BackendException> failures = new ConcurrentHashMap<>();
  private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;

  /** Starts threads that do something until this is closed. */
  public Load(int threadCount, Runnable action) {
    this.action = action;
    for (int i = 0; i < threadCount; i++) {
      Thread thread = new Thread(this::run, "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void run() {
    while (!ending) {
      long start = System.nanoTime();
      try {
        action.run();
        acknowledged.incrementAndGet();
      } catch (BackendException e) {
        (e.isOutcomeUnknown() ? unknown : refused).incrementAndGet();
        failures.putIfAbsent(String.valueOf(e.getMessage()), e);
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (Throwable e) {
        unexpected.add(e);
        return;
      }
      slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
    }
  }

  /** Returns how often the action was done. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Returns how often it was not known whether the action was done. */
  public long unknown() {
    return unknown.get();
  }

  /** Returns how often the action was certainly not done. */
  public long refused() {
    return refused.get();
  }

  /** Returns how long the longest call took. */
  public long slowestMillis() {
    return slowest.get() / 1_000_000;
  }

  /** Returns one failure of each kind. */
  public Map<String, BackendException> failures() {
    return failures;
  }

  /** Ends the load; fails if a thread got anything but success or a {@link BackendException}. */
  @Override
  public void close() {
    ending = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
      if (thread.isAlive()) {
        AssertionError hangs = new AssertionError("a call does not return: " + thread.getName());
        hangs.setStackTrace(thread.getStackTrace());
        throw hangs;
      }
    }
    if (!unexpected.isEmpty()) {
      throw new AssertionError("not what a cache may throw", unexpected.peek());
    }
  }
}
