package dev.larder.internal.remote;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of callers who do not wait; those that are issued together share a command, where the store
 * {@linkplain RemoteStore#coalesced gains by it}.
 *
 * <p>A read that finds few others unanswered is a command of its own, at once. The rest gather
 * until a thread of the executor comes for them, which is some microseconds later: nobody waits for
 * an answer to others.
 */
final class CoalescedReads {
  /** As many unanswered reads leave a server idle most of the time, so another command is cheap. */
  private static final int FEW = 16;

  private final Supplier<RemoteStore> store;
  private final Executor executor;
  private final int most;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Queue<Read> gathered = new ConcurrentLinkedQueue<>();

  /** How many of those that have gathered are not sent; who adds the first calls for a sender. */
  private final AtomicInteger unsent = new AtomicInteger();

  CoalescedReads(Supplier<RemoteStore> store, Executor executor) {
    this.store = store;
    this.executor = executor;
    this.most = store.get().coalesced();
  }

  /** Reads a value, as {@link RemoteStore#get} does, but for its version, which may be missing. */
  CompletionStage<@Nullable Stored> get(byte[] key) {
    if (most <= 1) {
      return store.get().get(key);
    }
    if (unanswered.getAndIncrement() < FEW) {
      return Stages.start(() -> store.get().get(key))
          .whenComplete((value, failure) -> unanswered.decrementAndGet());
    }
    Read read = new Read(key);
    gathered.add(read);
    if (unsent.getAndIncrement() == 0) {
      callSender();
    }
    return read;
  }

  private void callSender() {
    try {
      executor.execute(this::send);
    } catch (RejectedExecutionException e) { // the manager is closing, and nobody else is left
      send();
    }
  }

  private void send() {
    int taken;
    do {
      taken = Math.min(unsent.get(), most);
      List<Read> reads = new ArrayList<>(taken);
      List<byte[]> keys = new ArrayList<>(taken);
      for (int i = 0; i < taken; i++) {
        Read read = gathered.remove();
        reads.add(read);
        keys.add(read.key);
      }
      Stages.start(() -> store.get().getAll(keys))
          .whenComplete((values, failure) -> answer(reads, values, failure));
    } while (unsent.addAndGet(-taken) > 0);
  }

  private void answer(
      List<Read> reads, List<@Nullable Stored> values, @Nullable Throwable failure) {
    unanswered.addAndGet(-reads.size());
    for (int i = 0; i < reads.size(); i++) {
      if (failure == null) {
        reads.get(i).complete(values.get(i));
      } else {
        reads.get(i).completeExceptionally(Stages.causeOf(failure));
      }
    }
  }

  /** A read that shares its command. */
  private static final class Read extends CompletableFuture<@Nullable Stored> {
    private final byte[] key;

    private Read(byte[] key) {
      this.key = key;
    }
  }
}
