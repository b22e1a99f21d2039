package dev.larder.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eventually;
import dev.larder.FakeTicker;
import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.Memory;
import dev.larder.Ticker;
import dev.larder.internal.async.NativeCache;
import java.io.Serial;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpirySweeperTest {
  private static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final FakeTicker ticker = new FakeTicker();
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager();

  @AfterEach
  void close() {
    provider.close();
  }

  private static LarderConfiguration.Builder<Integer, Object> expiring(Ticker ticker) {
    return LarderConfiguration.builder(Integer.class, Object.class)
        .storeByValue(false)
        .expiryPolicy(
            new FactoryBuilder.SingletonFactory<>(
                new CreatedExpiryPolicy(new Duration(TimeUnit.SECONDS, 60))))
        .ticker(ticker);
  }

  private static MutableCacheEntryListenerConfiguration<Integer, Object> listener(
      CacheEntryExpiredListener<Integer, Object> listener) {
    return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true);
  }

  @Test
  void expiredEntriesAreReclaimedThoughNobodyLooks() {
    Cache<Integer, Object> cache = manager.createCache("expiring", expiring(ticker).build());
    WeakReference<Object> value = new WeakReference<>(new Object());
    cache.put(1, value.get());
    ticker.advance(TTL_NANOS);

    Memory.awaitCollected("the value", value);
    assertThat(cache.isClosed()).isFalse();
  }

  @Test
  void expiredEntriesAreReportedOnceAndLiveOnesStay() {
    List<Integer> expired = Collections.synchronizedList(new ArrayList<>());
    Cache<Integer, Object> cache =
        manager.createCache(
            "expiring",
            expiring(ticker)
                .listener(listener(events -> events.forEach(event -> expired.add(event.getKey()))))
                .build());
    for (int key = 0; key < 100; key++) {
      cache.put(key, "early");
    }
    ticker.advance(TTL_NANOS / 2);
    for (int key = 100; key < 200; key++) {
      cache.put(key, "late");
    }
    ticker.advance(TTL_NANOS / 2);
    Eventually.await("all are reported", () -> expired.size() >= 100);

    for (int key = 0; key < 200; key++) {
      assertThat(cache.containsKey(key)).isEqualTo(key >= 100);
      assertThat(cache.get(key)).isEqualTo(key >= 100 ? "late" : null);
    }
    assertThat(expired).hasSize(100).doesNotHaveDuplicates().allMatch(key -> key < 100);
  }

  @Test
  void listenerThatFailsKeepsNoEntryFromBeingReclaimed() {
    AtomicInteger told = new AtomicInteger();
    Cache<Integer, Object> cache =
        manager.createCache(
            "expiring",
            expiring(ticker)
                .listener(
                    listener(
                        events -> {
                          told.incrementAndGet();
                          throw new IllegalStateException("on purpose");
                        }))
                .build());
    for (int key = 0; key < 1_000; key++) {
      cache.put(key, "value");
    }
    ticker.advance(TTL_NANOS);

    Eventually.await("all are reported", () -> told.get() == 1_000);
  }

  @Test
  void entryWithATimeToLiveOfItsOwnIsReclaimedWhereOthersLiveForEver() {
    Cache<Integer, Object> cache =
        manager.createCache(
            "eternal",
            LarderConfiguration.builder(Integer.class, Object.class)
                .storeByValue(false)
                .ticker(ticker)
                .build());
    WeakReference<Object> value = new WeakReference<>(new Object());
    @SuppressWarnings("unchecked") // it is the face of this very cache
    NativeCache<Integer, Object> calls = cache.unwrap(NativeCache.class);
    CompletableFuture<?> put =
        calls.put(1, value.get(), new Duration(TimeUnit.SECONDS, 60)).toCompletableFuture();
    assertThat(put).isCompleted();
    ticker.advance(TTL_NANOS);

    Memory.awaitCollected("the value", value);
    assertThat(cache.isClosed()).isFalse();
  }

  @Test
  void sweepsGoOnAfterAnError() {
    FailingTicker failing = new FailingTicker(ticker);
    Cache<Integer, Object> cache = manager.createCache("expiring", expiring(failing).build());
    WeakReference<Object> value = new WeakReference<>(new Object());
    cache.put(1, value.get());
    failing.failsOnce = true;
    Eventually.await("a sweep fails", () -> !failing.failsOnce);
    ticker.advance(TTL_NANOS);

    Memory.awaitCollected("the value", value);
    assertThat(cache.isClosed()).isFalse();
  }

  @Test
  void closedCacheIsNoLongerSweptNorHeld() {
    WeakReference<Cache<Integer, Object>> cache =
        new WeakReference<>(manager.createCache("expiring", expiring(ticker).build()));
    cache.get().put(1, "one");
    manager.destroyCache("expiring");

    Memory.awaitCollected("the cache", cache);
    assertThat(manager.isClosed()).isFalse();
  }

  @Test
  void threadDiesWithTheManager() {
    manager.createCache("expiring", expiring(ticker).build()).put(1, "one");
    Eventually.await("the thread lives", () -> isAlive("larder-expiry-larder:default"));
    manager.close();

    Eventually.await("the thread dies", () -> !isAlive("larder-expiry-larder:default"));
  }

  @Test
  void cacheThatCannotExpireNeedsNoThread() {
    Eventually.await("earlier ones are gone", () -> !isAlive("larder-expiry-larder:default"));
    manager.createCache("eternal", LarderConfiguration.builder().build()).put(1, "one");

    assertThat(isAlive("larder-expiry-larder:default")).isFalse();
  }

  private static boolean isAlive(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }

  private static final class FailingTicker implements Ticker {
    @Serial private static final long serialVersionUID = 1L;

    private final FakeTicker ticker;
    private volatile boolean failsOnce;

    FailingTicker(FakeTicker ticker) {
      this.ticker = ticker;
    }

    @Override
    public long getAsLong() {
      if (failsOnce) {
        failsOnce = false;
        throw new StackOverflowError("on purpose");
      }
      return ticker.getAsLong();
    }
  }
}
