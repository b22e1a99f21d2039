package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * User code that blocks, and those who wait for its key, leave their carrier threads to others. The
 * JVM has as many carriers as processors, so that a few pinned ones would stop all.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(60)
class VirtualThreadsTest {
  private static final int BLOCKED = 200;

  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final ExecutorService virtualThreads = newVirtualThreads();

  private static ExecutorService newVirtualThreads() {
    try { // by reflection, for the tests are compiled for Java 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @AfterEach
  void close() {
    provider.close();
    virtualThreads.shutdownNow();
  }

  @Test
  void processorsThatBlockDoNotStopOthers() throws Exception {
    Cache<Integer, Integer> cache =
        provider.getCacheManager().createCache("cache", new MutableConfiguration<>());
    CountDownLatch allBlock = new CountDownLatch(BLOCKED);
    CountDownLatch mayEnd = new CountDownLatch(1);
    List<Future<Integer>> blocked = new ArrayList<>();
    for (int i = 0; i < BLOCKED; i++) {
      int key = i;
      blocked.add(
          virtualThreads.submit(
              () ->
                  cache.invoke(
                      key,
                      (entry, arguments) -> {
                        allBlock.countDown();
                        await(mayEnd);
                        entry.setValue(key);
                        return key;
                      })));
    }
    await(allBlock);
    List<Future<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < BLOCKED; i++) {
      int key = i;
      waiting.add(virtualThreads.submit(() -> cache.getAndPut(key, -key)));
    }

    assertThat(virtualThreads.submit(() -> useAnotherKey(cache)).get(30, TimeUnit.SECONDS))
        .isEqualTo(2);
    assertThat(waiting).noneMatch(Future::isDone);
    mayEnd.countDown();
    for (int i = 0; i < BLOCKED; i++) {
      assertThat(blocked.get(i).get()).isEqualTo(i);
      assertThat(waiting.get(i).get()).isEqualTo(i);
      assertThat(cache.get(i)).isEqualTo(-i);
    }
  }

  @Test
  void loadersThatBlockDoNotStopOthers() throws Exception {
    CountDownLatch allBlock = new CountDownLatch(BLOCKED);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CacheLoader<Integer, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(Integer key) {
            if (key >= BLOCKED) {
              return null;
            }
            allBlock.countDown();
            await(mayEnd);
            return key;
          }

          @Override
          public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            throw new UnsupportedOperationException();
          }
        };
    Cache<Integer, Integer> cache =
        provider
            .getCacheManager()
            .createCache(
                "cache",
                LarderConfiguration.builder(Integer.class, Integer.class)
                    .readThrough(new SingletonFactory<>(loader))
                    .build());
    List<Future<Integer>> blocked = new ArrayList<>();
    for (int i = 0; i < BLOCKED; i++) {
      int key = i;
      blocked.add(virtualThreads.submit(() -> cache.get(key)));
    }
    await(allBlock);

    assertThat(virtualThreads.submit(() -> useAnotherKey(cache)).get(30, TimeUnit.SECONDS))
        .isEqualTo(2);
    mayEnd.countDown();
    for (int i = 0; i < BLOCKED; i++) {
      assertThat(blocked.get(i).get()).isEqualTo(i);
    }
  }

  private static Integer useAnotherKey(Cache<Integer, Integer> cache) {
    cache.put(BLOCKED, 1);
    cache.invoke(
        BLOCKED,
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + 1);
          return null;
        });
    return cache.get(BLOCKED);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
