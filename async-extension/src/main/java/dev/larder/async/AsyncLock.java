package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock that all JVMs share who share a cache: an entry that only one of them could add.
 *
 * <p>Who has the lock has it for a lease: after that it is free, whatever its owner does, so that a
 * JVM that dies blocks nobody. Only its owner releases it: a release that comes after the lease
 * does nothing to the next owner. Nobody who acquires it waits on a thread.
 *
 * <p>Of those who wait by one {@link AsyncCache}, or by views of it, a release by it wakes the
 * first in line at once. Nobody tells those in other JVMs, so all look again by themselves: after 4
 * ms at the latest, then less and less often, and never later than after 250 ms. That is as long as
 * a lock may be free before who waits elsewhere has it, and among JVMs it is whoever looks first.
 * Each look is one command.
 *
 * <p>It is as reliable as its cache. In memory it is for one JVM. A server that loses entries, by
 * eviction or by failover, loses locks; use it to save work, not to guard what must never happen
 * twice.
 *
 * @param <K> the type of the cache's keys
 */
public final class AsyncLock<K> {
  private static final long FIRST_PAUSE_MILLIS = 4;
  static final long LONGEST_PAUSE_MILLIS = 250;

  private final AsyncCache<K, String> cache;
  private final K key;
  private final Duration lease;
  private final Waiters waiters;
  private final Place place;

  private AsyncLock(AsyncFront<K, String> cache, K key, Duration lease) {
    this.cache = cache.withTimeToLive(lease);
    this.key = key;
    this.lease = lease;
    this.waiters = cache.waiters();
    this.place = new Place(cache.namespace(), key);
  }

  /**
   * Returns the lock that is an entry of a cache.
   *
   * @param cache one for locks alone; a Larder cache, for others have no time to live for an entry
   * @param lease how long who has it has it, positive
   */
  public static <K> AsyncLock<K> of(AsyncCache<K, String> cache, K key, Duration lease) {
    return new AsyncLock<>(
        (AsyncFront<K, String>) requireNonNull(cache, "cache"),
        requireNonNull(key, "key"),
        requireNonNull(lease, "lease"));
  }

  /** Acquires the lock if it is free; the result is null if it is not. */
  public CompletionStage<@Nullable Lease> tryAcquire() {
    Lease lease = new Lease(UUID.randomUUID().toString());
    return Stages.map(
        Stages.observe(
            cache.putIfAbsent(key, lease.token),
            (added, failure) -> {
              if (failure != null) {
                lease.release(); // the answer may be lost, and the lock not
              }
            }),
        added -> added ? lease : null);
  }

  /**
   * Acquires the lock as soon as it is free. The stage fails with a {@link TimeoutException} if
   * that takes too long. To cancel its future is to give up: should the lock be acquired in that
   * moment, it is released.
   *
   * @param patience how long to try, positive
   */
  public CompletionStage<Lease> acquire(Duration patience) {
    long end = System.nanoTime() + TimesToLive.nanos(Arguments.positive(patience, "patience"));
    CompletableFuture<Lease> acquired = new CompletableFuture<>();
    acquire(acquired, patience, end, FIRST_PAUSE_MILLIS)
        .whenComplete(
            (lease, failure) -> {
              if (failure != null) {
                acquired.completeExceptionally(Pace.causeOf(failure));
              } else if (!acquired.complete(lease)) {
                lease.release();
              }
            });
    return acquired;
  }

  private CompletionStage<Lease> acquire(
      CompletableFuture<Lease> acquired, Duration patience, long end, long longestPause) {
    // First in line, then a look: a release that comes in between is not missed.
    CompletableFuture<@Nullable Void> turn = waiters.enter(place);
    return tryAcquire()
        .whenComplete((lease, failure) -> leaveUnlessWaiting(turn, lease, failure))
        .thenCompose(
            lease -> {
              if (lease != null) {
                return completedFuture(lease);
              }
              long left = end - System.nanoTime();
              if (left <= 0 || acquired.isDone()) {
                giveUp(turn);
                return failedFuture(tooLate(patience));
              }
              return turn.completeOnTimeout(
                      null,
                      Math.min(left, pauseMillis(longestPause) * 1_000_000),
                      TimeUnit.NANOSECONDS)
                  .thenComposeAsync(
                      any -> {
                        waiters.leave(place, turn);
                        return acquire(
                            acquired,
                            patience,
                            end,
                            Math.min(2 * longestPause, LONGEST_PAUSE_MILLIS));
                      },
                      DefaultExecutor.instance());
            });
  }

  /**
   * Returns how long to wait for the next look, so that those who began together do not go on so.
   */
  static long pauseMillis(long longest) {
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }

  private TimeoutException tooLate(Duration patience) {
    return new TimeoutException(
        "the lock '%s' in cache '%s' was not free within %s"
            .formatted(key, cache.cache().getName(), patience));
  }

  private void leaveUnlessWaiting(
      CompletableFuture<@Nullable Void> turn, @Nullable Lease lease, @Nullable Throwable failure) {
    if (failure != null) {
      giveUp(turn);
    } else if (lease != null) {
      waiters.leave(place, turn);
    }
  }

  /** Leaves the line; who was woken for it may be the next. */
  private void giveUp(CompletableFuture<@Nullable Void> turn) {
    waiters.leave(place, turn);
    waiters.wake(place);
  }

  /**
   * Does something while it has the lock, and releases it however that ends.
   *
   * @param patience how long to try for the lock, positive
   */
  public <R> CompletionStage<R> with(
      Duration patience, Supplier<? extends CompletionStage<R>> body) {
    requireNonNull(body, "body");
    return Stages.own(acquire(patience).thenCompose(held -> releaseAfter(held, body)));
  }

  private <R> CompletionStage<R> releaseAfter(
      Lease held, Supplier<? extends CompletionStage<R>> body) {
    CompletionStage<R> ended = Pace.WITHOUT_WAITING.start(body);
    return ended
        .handle((result, failure) -> held.release().handle((released, lapses) -> released))
        .thenCompose(released -> released)
        .thenCompose(released -> ended);
  }

  @Override
  public String toString() {
    return "AsyncLock(" + key + " in " + cache + ", " + lease + ")";
  }

  /** Where those who want the same lock meet. */
  private record Place(@Nullable String namespace, Object key) {}

  /** The lock as its owner has it. */
  public final class Lease {
    private final String token;

    private Lease(String token) {
      this.token = token;
    }

    /** Returns the value of the lock's entry, which no other owner has. */
    public String token() {
      return token;
    }

    /** Begins the lease anew, and says whether this still was the owner. */
    public CompletionStage<Boolean> extend() {
      return cache.replace(key, token, token);
    }

    /** Releases the lock, and says whether this still was the owner. */
    public CompletionStage<Boolean> release() {
      return Stages.observe(cache.remove(key, token), (released, failure) -> waiters.wake(place));
    }
  }
}
