package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
final class DefaultExecutorTest {
  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void isThePoolWhereThereAreNoVirtualThreads() {
    assertThat(DefaultExecutor.virtualThreads()).isNull();
    assertThat(DefaultExecutor.instance()).isInstanceOf(ThreadPoolExecutor.class);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void isVirtualThreadsWhereThereAreSuch() throws Exception {
    Thread thread = threadOf(DefaultExecutor.instance());
    assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
  }

  @Test
  void allCachesShareIt() {
    assertThat(AsyncCache.Settings.builder().build().executor())
        .isSameAs(AsyncCache.Settings.builder().build().executor());
  }

  @Test
  void threadsOfThePoolAreDaemonsWithoutAContext() {
    Thread thread = threadOf(DefaultExecutor.pool());
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isNull();
    assertThat(thread.getName()).isEqualTo("larder-async-1");
  }

  @Test
  void threadsOfThePoolEndWhenIdle() throws InterruptedException {
    ThreadPoolExecutor pool = DefaultExecutor.pool();
    Thread thread = threadOf(pool);
    pool.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void thePoolIsBounded() throws InterruptedException {
    ThreadPoolExecutor pool = DefaultExecutor.pool();
    int tasks = 10 * pool.getMaximumPoolSize();
    CountDownLatch busy = new CountDownLatch(pool.getMaximumPoolSize());
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(tasks);
    for (int i = 0; i < tasks; i++) {
      pool.execute(
          () -> {
            busy.countDown();
            assertThat(await(gate)).isTrue();
            done.countDown();
          });
    }
    assertThat(await(busy)).isTrue();
    assertThat(pool.getPoolSize()).isEqualTo(pool.getMaximumPoolSize());
    gate.countDown();
    assertThat(await(done)).isTrue();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Thread threadOf(Executor executor) {
    return AsyncCacheContract.result(
        CompletableFuture.supplyAsync(Thread::currentThread, executor));
  }
}
