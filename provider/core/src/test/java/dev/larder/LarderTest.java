package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.configuration.Factory;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Configuring caches by alias, from several threads and from within one another. */
class LarderTest {
  private static final URI HERE = URI.create("memory:here");
  private static final URI THERE = URI.create("memory:there");
  private static final LarderConfiguration<String, String> PLAIN =
      LarderConfiguration.builder(String.class, String.class).build();

  private final CachingProvider provider =
      Caching.getCachingProvider("dev.larder.LarderCachingProvider");
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void close() {
    threads.shutdownNow();
    provider.close();
  }

  /** Returns a configuration whose cache runs something while it is created. */
  private static LarderConfiguration<String, String> running(Callable<?> task) {
    Factory<ExpiryPolicy> factory =
        () -> {
          try {
            task.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return new EternalExpiryPolicy();
        };
    return LarderConfiguration.builder(String.class, String.class).expiryPolicy(factory).build();
  }

  @Test
  void oneOfManyThreadsConfiguresAnAlias() throws Exception {
    for (int round = 0; round < 100; round++) {
      String alias = "raced-" + round;
      CyclicBarrier start = new CyclicBarrier(4);
      AtomicInteger refusals = new AtomicInteger();
      List<Future<Cache<String, String>>> attempts = new ArrayList<>();
      for (URI uri : List.of(HERE, THERE, HERE, THERE)) {
        attempts.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return Larder.configure(alias, uri, PLAIN);
                  } catch (IllegalStateException e) {
                    refusals.incrementAndGet();
                    return null;
                  }
                }));
      }
      List<Cache<String, String>> made = new ArrayList<>();
      for (Future<Cache<String, String>> attempt : attempts) {
        Cache<String, String> cache = attempt.get(10, TimeUnit.SECONDS);
        if (cache != null) {
          made.add(cache);
        }
      }

      assertThat(made).containsExactly(Larder.cache(alias));
      assertThat(refusals).hasValue(3);
      assertThat(made.get(0).isClosed()).isFalse();
      assertThat(made.get(0).getCacheManager().getURI()).isIn(HERE, THERE);
      assertThat(List.of(HERE, THERE))
          .filteredOn(uri -> provider.getCacheManager(uri, null).getCache(alias) != null)
          .hasSize(1);
    }
  }

  @Test
  void aliasStaysFreeIfItsCacheCannotBeCreated() {
    assertThatThrownBy(
            () ->
                Larder.configure(
                    "failing",
                    HERE,
                    running(
                        () -> {
                          throw new IllegalArgumentException("no policy today");
                        })))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("no policy today");
    assertThat(Larder.aliases()).doesNotContain("failing");

    Cache<String, String> cache = Larder.configure("failing", THERE, PLAIN);
    assertThat(Larder.<String, String>cache("failing")).isSameAs(cache);
  }

  @Test
  void nameThatTheManagerHasFromElsewhereIsRefused() {
    Cache<String, String> elsewhere =
        provider.getCacheManager(HERE, null).createCache("own", PLAIN);

    assertThatThrownBy(() -> Larder.configure("own", HERE, PLAIN))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("own");
    assertThat(elsewhere.isClosed()).isFalse();
    assertThat(Larder.aliases()).doesNotContain("own");
  }

  @Test
  void otherAliasesDoNotWaitForASlowOne() throws Exception {
    Cache<String, String> slow =
        Larder.configure(
            "slow",
            HERE,
            running(
                () -> {
                  for (int i = 0; i < 100; i++) { // some of them share a bin of a hash table
                    String other = "quick-" + i;
                    threads
                        .submit(() -> Larder.configure(other, THERE, PLAIN))
                        .get(10, TimeUnit.SECONDS);
                  }
                  return "done";
                }));

    assertThat(Larder.aliases()).contains("slow", "quick-0", "quick-99");
    assertThat(slow.isClosed()).isFalse();
  }

  @Test
  void aliasThatConfiguresItselfIsRefusedAndAnotherIsNot() {
    assertThatThrownBy(
            () ->
                Larder.configure(
                    "self", HERE, running(() -> Larder.configure("self", THERE, PLAIN))))
        .hasStackTraceContaining("the cache 'self' is just being configured");
    assertThat(Larder.aliases()).doesNotContain("self");

    Larder.configure("outer", HERE, running(() -> Larder.configure("inner", HERE, PLAIN)));
    assertThat(Larder.aliases()).contains("outer", "inner");
  }

  @Test
  void whatWasClosedIsThereUntilItIsReplaced() {
    Cache<String, String> first = Larder.configure("renewed", HERE, PLAIN);
    first.close();
    List<Cache<String, String>> meanwhile = new ArrayList<>();

    Cache<String, String> second =
        Larder.configure("renewed", HERE, running(() -> meanwhile.add(Larder.cache("renewed"))));

    assertThat(meanwhile).containsExactly(first);
    assertThat(Larder.<String, String>cache("renewed")).isSameAs(second).isNotSameAs(first);
  }
}
