package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.AsyncLock;
import dev.larder.async.CachePlugin;
import dev.larder.async.CachePlugin.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The locks of asynchronous caches, on any backend. */
public abstract class LockContract extends AsyncContract {
  private AsyncLock<String> lock;

  /** Makes the contract one of a backend. */
  protected LockContract(Subject subject) {
    super(subject);
  }

  @BeforeEach
  final void createLock() {
    lock = AsyncLock.of(cache, "k", LONG);
  }

  @Test
  @DisplayName("77 the lock's entry is there while it is held, with its owner's token")
  void entryIsThereWhileHeld() {
    AsyncLock<String>.Lease lease = result(lock.tryAcquire());
    assertThat(result(cache.get("k"))).isEqualTo(lease.token());
    assertThat(result(lease.release())).isTrue();
    assertThat(result(cache.get("k"))).isNull();
  }

  @Test
  @DisplayName("77 a lock that is held cannot be acquired")
  void heldLockCannotBeAcquired() {
    result(lock.tryAcquire());
    assertThat(result(lock.tryAcquire())).isNull();
    assertThat(result(AsyncLock.of(cache, "k", LONG).tryAcquire())).isNull();
    assertThat(result(AsyncLock.of(cache, "other", LONG).tryAcquire())).isNotNull();
  }

  @Test
  @DisplayName("84 a lock may have any key")
  void anyKey() {
    for (String key : List.of("", "a b", "a_b", "x".repeat(2_000))) {
      assertThat(result(AsyncLock.of(cache, key, LONG).tryAcquire())).isNotNull();
      assertThat(result(AsyncLock.of(cache, key, LONG).tryAcquire())).isNull();
    }
  }

  @Test
  @DisplayName("43, 78 a second release does nothing")
  void secondReleaseDoesNothing() {
    AsyncLock<String>.Lease lease = result(lock.tryAcquire());
    assertThat(result(lease.release())).isTrue();
    assertThat(result(lease.release())).isFalse();
  }

  @Test
  @DisplayName("78 only its owner releases a lock")
  void onlyTheOwnerReleases() {
    AsyncLock<String>.Lease first = result(lock.tryAcquire());
    result(first.release());
    AsyncLock<String>.Lease second = result(lock.tryAcquire());
    assertThat(result(first.release())).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo(second.token());
  }

  @Test
  @DisplayName("80, 81 a lease ends by itself, and its owner cannot release what another has")
  void leaseEnds() {
    Duration notWholeSeconds = BRIEF.plusMillis(100);
    AsyncLock<String>.Lease brief = result(AsyncLock.of(cache, "k", notWholeSeconds).tryAcquire());
    elapseBrief();
    AsyncLock<String>.Lease next = result(lock.tryAcquire());
    assertThat(next).isNotNull();
    assertThat(result(brief.release())).isFalse();
    assertThat(result(brief.extend())).isFalse();
    assertThat(result(next.release())).isTrue();
  }

  @Test
  @DisplayName("80 a lease can be extended")
  void leaseIsExtended() {
    AsyncLock<String>.Lease lease = result(AsyncLock.of(cache, "k", BRIEF).tryAcquire());
    elapse(BRIEF.dividedBy(2));
    assertThat(result(lease.extend())).isTrue();
    elapse(BRIEF.dividedBy(2));
    assertThat(result(cache.get("k"))).isEqualTo(lease.token());
  }

  @Test
  @DisplayName("79 who waits gets the lock when it is released")
  void waiterGetsTheLock() {
    AsyncLock<String>.Lease first = result(lock.tryAcquire());
    CompletionStage<AsyncLock<String>.Lease> waiting = lock.acquire(Duration.ofSeconds(30));
    assertThat(waiting.toCompletableFuture()).isNotDone();
    result(first.release());
    assertThat(result(waiting).token()).isNotEqualTo(first.token());
  }

  @Test
  @DisplayName("79 who waits too long is told so, and does not have the lock")
  void impatientWaiterFails() {
    AsyncLock<String>.Lease first = result(lock.tryAcquire());
    assertThat(failure(lock.acquire(Duration.ofMillis(30))))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("lock 'k'", "PT0.03S");
    assertThat(result(cache.get("k"))).isEqualTo(first.token());
  }

  @Test
  @DisplayName("79 who waits elsewhere has the lock when it next looks")
  void waiterElsewhereLooksAgain() {
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Boolean> thirdLook = new CompletableFuture<>();
    CachePlugin counting =
        CachePlugin.before(
            Command.ADD,
            call -> {
              if (looks.incrementAndGet() == 3) {
                thirdLook.complete(true);
              }
            });
    AsyncCache<String, String> elsewhere =
        AsyncCache.of(cache.cache(), AsyncCache.Settings.builder().plugin(counting).build());
    AsyncLock<String>.Lease first = result(lock.tryAcquire());
    var waiting = AsyncLock.of(elsewhere, "k", LONG).acquire(Duration.ofSeconds(30));
    result(thirdLook);
    result(first.release());
    int begunBefore = looks.get();
    assertThat(result(waiting)).isNotNull();
    assertThat(looks.get() - begunBefore).isBetween(0, 1);
  }

  @Test
  @DisplayName("79 who gives up waiting does not keep the lock")
  void cancelledWaiterHasNoLock() {
    AsyncLock<String>.Lease first = result(lock.tryAcquire());
    var givenUp = lock.acquire(Duration.ofSeconds(30)).toCompletableFuture();
    var waiting = lock.acquire(Duration.ofSeconds(30));
    givenUp.cancel(true);
    result(first.release());
    AsyncLock<String>.Lease next = result(waiting);
    assertThat(result(cache.get("k"))).isEqualTo(next.token());
  }

  @Test
  @DisplayName("79 a lock whose acquisition was not heard of is released")
  void lostAcquisitionIsReleased() {
    AsyncCache<String, String> hasty = cache.withTimeout(Duration.ofNanos(1));
    result(
        AsyncLock.of(hasty, "k", LONG)
            .tryAcquire()
            .thenAccept(lease -> lease.release())
            .exceptionally(tooLate -> null));
    assertThat(result(lock.acquire(Duration.ofSeconds(30)))).isNotNull();
  }

  @Test
  @DisplayName("79 a lock needs patience")
  void patienceIsPositive() {
    refused(IllegalArgumentException.class, () -> lock.acquire(Duration.ZERO));
    refused(IllegalArgumentException.class, () -> AsyncLock.of(cache, "k", Duration.ZERO));
  }

  @Test
  @DisplayName("79 of many who wait, one at a time has the lock")
  void oneAtATime() {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> most = new ArrayList<>();
    List<CompletionStage<Boolean>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    lock.with(
                        Duration.ofSeconds(30),
                        () -> {
                          most.add(inside.incrementAndGet());
                          return CompletableFuture.supplyAsync(() -> inside.decrementAndGet() == 0);
                        }))
            .toList();
    assertThat(all).allMatch(AsyncContract::result);
    assertThat(most).hasSize(8).containsOnly(1);
  }

  @Test
  @DisplayName("82 what fails under a lock fails, and the lock is free")
  void failureReleases() {
    IllegalStateException expected = new IllegalStateException("inside");
    CompletionStage<Object> failing =
        lock.with(
            LONG,
            () -> {
              throw expected;
            });
    assertThat(failure(failing)).isSameAs(expected);
    assertThat(result(lock.tryAcquire())).isNotNull();
  }

  @Test
  @DisplayName("83 a value that has not changed is replaced, one that has is not")
  void compareAndSet() {
    result(cache.set("v", "1"));
    String seen = result(cache.get("v"));
    assertThat(result(cache.replace("v", seen, "2"))).isTrue();
    assertThat(result(cache.replace("v", seen, "3"))).isFalse();
    assertThat(result(cache.get("v"))).isEqualTo("2");
  }

  @Test
  @DisplayName("83 compare-and-set with a time to live expires")
  void compareAndSetExpires() {
    result(cache.set("v", "1"));
    assertThat(result(cache.withTimeToLive(BRIEF).replace("v", "1", "2"))).isTrue();
    elapseBrief();
    assertThat(result(cache.get("v"))).isNull();
  }

  @Test
  @DisplayName("83 of many compare-and-sets of one value one succeeds")
  void oneCompareAndSetSucceeds() {
    result(cache.set("v", "0"));
    List<CompletionStage<Boolean>> all =
        IntStream.range(0, 30).mapToObj(i -> cache.replace("v", "0", "new" + i)).toList();
    assertThat(all.stream().filter(AsyncContract::result)).hasSize(1);
  }
}
