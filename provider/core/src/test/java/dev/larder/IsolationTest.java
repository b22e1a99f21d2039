package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users do to the objects that they share with a cache does the cache no harm. */
@Timeout(30)
class IsolationTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private static final class Sizes implements CacheLoader<List<String>, Integer> {
    @Override
    public Integer load(List<String> key) {
      return key.size();
    }

    @Override
    public Map<List<String>, Integer> loadAll(Iterable<? extends List<String>> keys) {
      Map<List<String>, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  @SuppressWarnings("unchecked") // the type of the keys
  private Cache<List<String>, Integer> sizes() {
    return provider
        .getCacheManager()
        .createCache(
            "sizes",
            LarderConfiguration.builder((Class<List<String>>) (Class<?>) List.class, Integer.class)
                .readThrough(new SingletonFactory<>(new Sizes()))
                .build());
  }

  @Test
  void keyThatWasReadThroughIsCopied() {
    Cache<List<String>, Integer> sizes = sizes();
    List<String> key = new ArrayList<>(List.of("a"));
    assertThat(sizes.get(key)).isEqualTo(1);
    key.add("b");

    assertThat(sizes.iterator().next().getKey()).containsExactly("a");
    assertThat(sizes.containsKey(List.of("a"))).isTrue();
  }

  @Test
  void keysThatWereReadThroughTogetherAreCopied() {
    Cache<List<String>, Integer> sizes = sizes();
    List<String> key = new ArrayList<>(List.of("a"));
    Map<List<String>, Integer> found = sizes.getAll(Set.of(key));
    key.add("b");
    found.keySet().forEach(returned -> returned.add("c"));

    assertThat(sizes.iterator().next().getKey()).containsExactly("a");
    assertThat(sizes.containsKey(List.of("a"))).isTrue();
  }

  /** Its keys are the loader's to look at. */
  @Test
  void loaderThatRemovesKeysFromItsArgumentLeavesThemUsable() throws Exception {
    CacheLoader<Integer, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(Integer key) {
            return key;
          }

          @Override
          public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, Integer> loaded = new HashMap<>();
            for (Iterator<? extends Integer> rest = keys.iterator(); rest.hasNext(); ) {
              Integer key = rest.next();
              loaded.put(key, key);
              rest.remove();
            }
            return loaded;
          }
        };
    Cache<Integer, Integer> cache =
        provider
            .getCacheManager()
            .createCache(
                "cache",
                LarderConfiguration.builder(Integer.class, Integer.class)
                    .loader(new SingletonFactory<>(loader))
                    .build());
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(1, 2), true, done);
    done.get();
    assertThat(cache.get(1)).isEqualTo(1);

    Thread writer = new Thread(() -> cache.putAll(Map.of(1, 10, 2, 20)));
    writer.setDaemon(true);
    writer.start();
    writer.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(cache.get(1)).isEqualTo(10);
    assertThat(cache.get(2)).isEqualTo(20);
  }

  @Test
  void entryThatExpiresBetweenTwoStepsOfAnIteratorStaysExpired() {
    FakeTicker ticker = new FakeTicker();
    Cache<Integer, Integer> cache =
        provider
            .getCacheManager()
            .createCache(
                "cache",
                LarderConfiguration.builder(Integer.class, Integer.class)
                    .expiryPolicy(
                        new SingletonFactory<>(
                            new AccessedExpiryPolicy(new Duration(TimeUnit.MINUTES, 1))))
                    .ticker(ticker)
                    .build());
    cache.put(1, 1);
    Iterator<Cache.Entry<Integer, Integer>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    ticker.advance(TimeUnit.MINUTES.toNanos(1));
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(entries.next().getValue()).as("what hasNext() has promised").isEqualTo(1);

    assertThat(cache.containsKey(1)).isFalse();
  }
}
