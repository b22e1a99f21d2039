package dev.larder.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Eventually;
import dev.larder.LarderCachingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WaitsTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager();
  private final List<Cache<Integer, Integer>> caches =
      List.of(
          manager.createCache("one", new MutableConfiguration<>()),
          manager.createCache("two", new MutableConfiguration<>()));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    provider.close();
    threads.shutdownNow();
  }

  @Test
  void waitForOneselfIsRefused() throws Exception {
    assertThat(Waits.await(new Work(Thread.currentThread()))).isFalse();
  }

  @Test
  void whatIsFreeNeedsNoWait() throws Exception {
    Work work = new Work(Thread.currentThread());
    work.done.countDown();

    assertThat(Waits.await(work)).isTrue();
  }

  @Test
  void whatNobodyHasTakenUpIsWaitedFor() throws Exception {
    Work work = new Work(null);
    Future<Boolean> waiting = threads.submit(() -> Waits.await(work));
    work.done.countDown();

    assertThat(waiting.get()).isTrue();
  }

  /** Threads hold a key each, in turns of either cache, and then want the next thread's key. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void cycleOfThreadsAcrossCachesIsBroken(int length) throws Exception {
    CyclicBarrier allHold = new CyclicBarrier(length);
    List<Future<String>> outcomes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int mine = i;
      int next = (i + 1) % length;
      outcomes.add(
          threads.submit(
              () ->
                  outcome(
                      () ->
                          caches
                              .get(mine % 2)
                              .invoke(
                                  mine,
                                  (entry, arguments) -> {
                                    await(allHold);
                                    caches.get(next % 2).put(next, mine);
                                    entry.setValue(100 + mine);
                                    return null;
                                  }))));
    }
    List<String> refused = new ArrayList<>();
    for (Future<String> outcome : outcomes) {
      if (!outcome.get().equals("done")) {
        refused.add(outcome.get());
      }
    }

    // The one who would have closed the cycle is refused; that frees all others.
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0)).contains("would never end").contains("cache '");
    int withValue = 0;
    for (int i = 0; i < length; i++) {
      withValue += caches.get(i % 2).containsKey(i) ? 1 : 0;
    }
    assertThat(withValue).isGreaterThanOrEqualTo(length - 1);
    caches.forEach(cache -> cache.put(0, 0)); // no key is left held
  }

  @Test
  void processorThatWantsItsOwnKeyIsRefused() {
    Cache<Integer, Integer> cache = caches.get(0);
    cache.put(1, 1);

    assertThatThrownBy(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      cache.put(1, 2);
                      return null;
                    }))
        .isInstanceOf(CacheException.class)
        .hasRootCauseInstanceOf(CacheException.class)
        .rootCause()
        .hasMessageContaining("called the cache for the same key");
    assertThat(cache.get(1)).isEqualTo(1);
    cache.put(1, 3);
    assertThat(cache.get(1)).isEqualTo(3);
  }

  @Test
  void processorReadsItsOwnKeyAsItWas() {
    Cache<Integer, Integer> cache = caches.get(0);
    cache.put(1, 1);
    Integer seen =
        cache.invoke(
            1,
            (entry, arguments) -> {
              entry.setValue(2);
              return cache.get(1);
            });

    assertThat(seen).isEqualTo(1);
    assertThat(cache.get(1)).isEqualTo(2);
  }

  @Test
  void interruptEndsTheWaitAndStaysSet() throws Exception {
    Cache<Integer, Integer> cache = caches.get(0);
    cache.put(1, 1);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Future<Object> holder =
        threads.submit(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      held.countDown();
                      await(mayEnd);
                      return null;
                    }));
    held.await();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread waiter =
        new Thread(
            () -> {
              try {
                cache.put(1, 2);
              } catch (CacheException e) {
                failure.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    waiter.start();
    Eventually.await("the thread waits", () -> waiter.getState() == Thread.State.WAITING);
    waiter.interrupt();
    waiter.join();
    mayEnd.countDown();
    holder.get();

    assertThat(failure.get())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(stillInterrupted).isTrue();
    assertThat(cache.get(1)).isEqualTo(1);
    cache.put(1, 2);
    assertThat(cache.get(1)).isEqualTo(2);
  }

  private static String outcome(Callable<?> call) throws Exception {
    try {
      call.call();
      return "done";
    } catch (CacheException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root.toString();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that a thread works on until the latch opens. */
  private record Work(Thread occupant, CountDownLatch done) implements Occupied {
    Work(Thread occupant) {
      this(occupant, new CountDownLatch(1));
    }

    @Override
    public boolean isFree() {
      return done.getCount() == 0;
    }

    @Override
    public void awaitFree() throws InterruptedException {
      done.await();
    }
  }
}
