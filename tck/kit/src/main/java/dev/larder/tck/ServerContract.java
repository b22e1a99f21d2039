package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.async.AsyncCache;
import dev.larder.async.AsyncLock;
import dev.larder.async.CachePlugin;
import dev.larder.async.CachePlugin.Command;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What asynchronous caches do at a server that keeps them waiting, or that others use too. */
@Timeout(120)
public abstract class ServerContract {
  private static final int CALLS = 100_000;
  private static final int KEYS = 100;

  private final CachingProvider provider = new LarderCachingProvider();
  private final CachingProvider another = new LarderCachingProvider();
  private AsyncCache<String, String> cache;

  /** Called by the constructors of the backends' tests. */
  protected ServerContract() {}

  /** Returns the URI of the server. */
  protected abstract URI uri();

  /** Lets the server answer nothing. */
  protected abstract void pause();

  /** Lets the server go on, with what arrived in the meantime. */
  protected abstract void resume();

  @BeforeEach
  final void open() {
    cache = open(provider, AsyncCache.Settings.builder());
  }

  @AfterEach
  final void close() {
    resume();
    provider.close();
    another.close();
  }

  /** Opens the cache with the connections of a provider. */
  private AsyncCache<String, String> open(
      CachingProvider opener, AsyncCache.Settings.Builder settings) {
    URI patient = URI.create(uri() + "?timeout=60s&inFlight=" + CALLS);
    return AsyncCache.of(
        opener
            .getCacheManager(patient, getClass().getClassLoader())
            .createCache("c", LarderConfiguration.builder(String.class, String.class).build()),
        settings.build());
  }

  private static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void setAll() {
    for (int i = 0; i < KEYS; i++) {
      result(cache.set("k" + i, "v" + i));
    }
  }

  @Test
  void callsBeyondTheLimitAreRefusedAtOnceAndTheOthersAreAnswered() {
    setAll();
    pause();
    AtomicInteger refused = new AtomicInteger();
    List<CompletionStage<String>> inFlight = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CompletionStage<String> call = cache.get("k" + i % KEYS);
      if (call.toCompletableFuture().isCompletedExceptionally()) {
        var unused = call.exceptionally(failure -> counted(failure, refused));
      } else {
        inFlight.add(call);
      }
    }
    resume();

    assertThat(inFlight).hasSize(1_024);
    assertThat(refused).hasValue(CALLS - 1_024);
    for (int i = 0; i < inFlight.size(); i++) {
      assertThat(result(inFlight.get(i))).isEqualTo("v" + i % KEYS);
    }
    assertThat(result(cache.get("k0"))).isEqualTo("v0");
  }

  private static String counted(Throwable failure, AtomicInteger refused) {
    assertThat(failure)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("1024 calls are in flight");
    refused.incrementAndGet();
    return "refused";
  }

  @Test
  void aHundredThousandCallsInFlightAreAllAnswered() throws InterruptedException {
    setAll();
    AsyncCache<String, String> wide =
        AsyncCache.of(cache.cache(), AsyncCache.Settings.builder().maxInFlight(CALLS).build());
    CountDownLatch underWay = new CountDownLatch(CALLS);
    AtomicInteger right = new AtomicInteger();
    pause();
    for (int i = 0; i < CALLS; i++) {
      String expected = "v" + i % KEYS;
      wide.get("k" + i % KEYS)
          .whenComplete(
              (value, failure) -> {
                if (expected.equals(value)) {
                  right.incrementAndGet();
                }
                underWay.countDown();
              });
    }
    assertThat(underWay.getCount()).isEqualTo(CALLS);
    resume();

    assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(right).hasValue(CALLS);
  }

  @Test
  void cancelledStagesTakeNothingFromTheOthers() {
    setAll();
    pause();
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(cache.get("k" + i % KEYS).toCompletableFuture());
    }
    for (int i = 0; i < calls.size(); i += 2) {
      assertThat(calls.get(i).cancel(true)).isTrue();
    }
    resume();
    for (int i = 1; i < calls.size(); i += 2) {
      assertThat(result(calls.get(i))).isEqualTo("v" + i % KEYS);
    }
    assertThat(calls.get(0)).isCancelled();
  }

  @Test
  void whoWaitsOverAnotherConnectionHasTheLockWhenItNextLooks() {
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
    Duration lease = Duration.ofMinutes(1);
    AsyncLock<String> there =
        AsyncLock.of(open(another, AsyncCache.Settings.builder().plugin(counting)), "lock", lease);
    AsyncLock<String>.Lease first = result(AsyncLock.of(cache, "lock", lease).tryAcquire());
    CompletionStage<AsyncLock<String>.Lease> waiting = there.acquire(lease);
    result(thirdLook);
    result(first.release());
    int begunBefore = looks.get();

    String token = result(waiting).token();
    assertThat(looks.get() - begunBefore).isBetween(0, 1);
    assertThat(result(cache.get("lock"))).isEqualTo(token);
  }
}
