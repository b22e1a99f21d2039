package dev.larder.async;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Those who wait for the locks of one asynchronous cache; a release here wakes one of them. */
final class Waiters {
  private final ConcurrentMap<Object, Queue<CompletableFuture<@Nullable Void>>> waiting =
      new ConcurrentHashMap<>();

  /** Begins to wait for a lock; what is returned is complete when it is worth a look. */
  CompletableFuture<@Nullable Void> enter(Object lock) {
    CompletableFuture<@Nullable Void> waiter = new CompletableFuture<>();
    waiting.compute(
        lock,
        (same, present) -> {
          Queue<CompletableFuture<@Nullable Void>> queue =
              present == null ? new ArrayDeque<>() : present;
          queue.add(waiter);
          return queue;
        });
    return waiter;
  }

  /** Ends to wait, with or without the lock. */
  void leave(Object lock, CompletableFuture<@Nullable Void> waiter) {
    waiting.computeIfPresent(
        lock,
        (same, queue) -> {
          queue.removeIf(other -> other == waiter);
          return queue.isEmpty() ? null : queue;
        });
  }

  /** Wakes the one who has waited longest, if there is one. */
  void wake(Object lock) {
    AtomicReference<@Nullable CompletableFuture<@Nullable Void>> first = new AtomicReference<>();
    waiting.computeIfPresent(
        lock,
        (same, queue) -> {
          first.set(queue.poll());
          return queue.isEmpty() ? null : queue;
        });
    CompletableFuture<@Nullable Void> woken = first.get();
    if (woken != null) {
      woken.complete(null);
    }
  }

  /** Says whether nobody waits. */
  boolean areNone() {
    return waiting.isEmpty();
  }
}
