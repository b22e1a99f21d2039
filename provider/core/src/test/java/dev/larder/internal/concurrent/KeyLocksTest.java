package dev.larder.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyLocksTest {
  private final KeyLocks<Object> locks = new KeyLocks<>("c");

  /** A call of this thread's; it waits in place or does not wait at all. */
  private static Worker worker(boolean mayBlock) {
    Thread caller = Thread.currentThread();
    return new Worker() {
      @Override
      public Thread thread() {
        return mayBlock ? caller : null;
      }

      @Override
      public Thread caller() {
        return caller;
      }

      @Override
      public boolean mayBlock() {
        return mayBlock;
      }

      @Override
      public void execute(Runnable task) {
        task.run();
      }
    };
  }

  private static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  @Test
  void threadsTakeTurnsAndNoneIsTakenForItsOwnObstacle() throws Exception {
    int threads = 4;
    int rounds = 20_000;
    int[] count = new int[1];
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        done.add(
            pool.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    Worker worker = worker(true);
                    locks.acquire("key", worker);
                    count[0]++;
                    locks.release("key", worker);
                  }
                }));
      }
      for (Future<?> thread : done) {
        thread.get(50, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(count[0]).isEqualTo(threads * rounds);
  }

  @Test
  void callsWithoutAThreadGetTheKeyInTheirOrder() {
    Worker first = worker(false);
    Worker second = worker(false);
    Worker third = worker(false);
    assertThat(isDone(locks.acquire("key", first))).isTrue();
    CompletionStage<?> secondTurn = locks.acquire("key", second);
    CompletionStage<?> thirdTurn = locks.acquire("key", third);
    assertThat(isDone(secondTurn)).isFalse();

    locks.release("key", second); // not its own yet
    assertThat(isDone(secondTurn)).isFalse();
    locks.release("key", first);
    assertThat(isDone(secondTurn)).isTrue();
    assertThat(isDone(thirdTurn)).isFalse();
    locks.release("key", second);
    assertThat(isDone(thirdTurn)).isTrue();
    locks.release("key", third);
    assertThat(locks.acquireFree(List.of("key"), first)).containsExactly("key");
  }

  @Test
  void severalKeysAreTakenWhenAllAreFree() {
    Worker holder = worker(false);
    Worker wanting = worker(false);
    locks.acquire("b", holder);
    CompletionStage<?> all = locks.acquireAll(List.of("a", "b", "c"), wanting);
    assertThat(isDone(all)).isFalse();
    assertThat(locks.acquireFree(List.of("a", "c"), holder)).containsExactly("a", "c");
    locks.release("b", holder);
    assertThat(isDone(all)).isFalse();
    locks.release("a", holder);
    locks.release("c", holder);

    assertThat(isDone(all)).isTrue();
    assertThat(locks.acquireFree(List.of("a", "b", "c"), holder)).isEmpty();
  }

  @Test
  void ownKeyIsRefused() {
    Worker outer = worker(true);
    locks.acquire("key", outer);
    assertThatThrownBy(() -> locks.acquire("key", worker(true)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("called the cache for the same key");
    assertThatThrownBy(() -> locks.checkNotMine(List.of("key"), worker(false)))
        .isInstanceOf(CacheException.class);
    locks.release("key", outer);
    assertThat(isDone(locks.acquire("key", worker(true)))).isTrue();
  }

  @Test
  void keysAreGivenBackWhenAnotherCannotBeCompared() {
    Object broken =
        new Object() {
          @Override
          public int hashCode() {
            throw new IllegalStateException("on purpose");
          }
        };
    assertThatThrownBy(() -> locks.acquireFree(List.of("a", broken), worker(true)))
        .hasMessage("on purpose");
    assertThat(locks.acquireFree(List.of("a"), worker(true))).containsExactly("a");
  }
}
