package dev.larder.tck.store;

import dev.larder.BackendException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link SampleServer} treat commands badly, each as it is told. Safe for any thread. */
public final class Hostility {
  private static final long PATIENCE_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, as are the other fields. */
  private final Deque<Trick> next = new ArrayDeque<>();

  private final List<Runnable> held = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private Trick always = Trick.ANSWER;

  Hostility() {}

  /** What may happen to a command. */
  public enum Trick {
    /** It is executed and answered, as it should be. */
    ANSWER,
    /** It is executed, and its answer comes twice. */
    ANSWER_TWICE,
    /** It is executed, and answered when {@link #release} says so: a slow reply. */
    HOLD_REPLY,
    /** It is executed and answered when {@link #release} says so: a command stuck on its way. */
    HOLD_COMMAND,
    /** It is executed and never answered. */
    LOSE_REPLY,
    /** It is neither executed nor answered. */
    LOSE_COMMAND,
    /** It is executed, but the answer is that nobody knows. */
    FAIL_LATE,
    /** It is refused. */
    FAIL_EARLY
  }

  /** Plays a trick on each of the next commands. */
  public void next(Trick... tricks) {
    lock.lock();
    try {
      next.addAll(List.of(tricks));
    } finally {
      lock.unlock();
    }
  }

  /** Plays a trick on all commands that no other one is meant for. */
  public void always(Trick trick) {
    lock.lock();
    try {
      always = trick;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when so many commands or replies are held. */
  public void awaitHeld(int count) {
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (held.size() < count) {
        nanos = changed.awaitNanos(nanos);
        if (nanos <= 0) {
          throw new IllegalStateException("only %d of %d held".formatted(held.size(), count));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for what is held", e);
    } finally {
      lock.unlock();
    }
  }

  /** Lets all go that is held, in its order. */
  public void release() {
    takeHeld().forEach(Runnable::run);
  }

  /** Lets all go that is held, the last first: replies come in another order than commands went. */
  public void releaseReversed() {
    List<Runnable> taken = takeHeld();
    Collections.reverse(taken);
    taken.forEach(Runnable::run);
  }

  private List<Runnable> takeHeld() {
    lock.lock();
    try {
      List<Runnable> taken = new ArrayList<>(held);
      held.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the names of the commands that came since the last call of this. */
  public List<String> takeCommands() {
    lock.lock();
    try {
      List<String> taken = List.copyOf(commands);
      commands.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Treats a command as told; called by the driver, which also completes the reply. */
  <T extends @Nullable Object> void meet(
      String command, Supplier<T> action, CompletableFuture<T> reply, Executor driver) {
    switch (nextTrick(command)) {
      case ANSWER -> reply.complete(action.get());
      case ANSWER_TWICE -> {
        T answer = action.get();
        reply.complete(answer);
        reply.complete(answer);
      }
      case HOLD_REPLY -> {
        T answer = action.get();
        hold(() -> driver.execute(() -> reply.complete(answer)));
      }
      case HOLD_COMMAND -> hold(() -> driver.execute(() -> reply.complete(action.get())));
      case LOSE_REPLY -> {
        var unused = action.get();
      }
      case LOSE_COMMAND -> {}
      case FAIL_LATE -> {
        var unused = action.get();
        reply.completeExceptionally(
            new BackendException("the connection broke during " + command, null, true));
      }
      case FAIL_EARLY ->
          reply.completeExceptionally(new BackendException(command + " was refused", null, false));
    }
  }

  private Trick nextTrick(String command) {
    lock.lock();
    try {
      commands.add(command);
      return next.isEmpty() ? always : next.remove();
    } finally {
      lock.unlock();
    }
  }

  private void hold(Runnable release) {
    lock.lock();
    try {
      held.add(release);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
