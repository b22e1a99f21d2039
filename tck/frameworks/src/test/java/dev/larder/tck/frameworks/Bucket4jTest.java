package dev.larder.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

/** Bucket4j's rate limits, which are entry processors on the state of a bucket. */
class Bucket4jTest extends FrameworkTest {
  @Test
  void concurrentCallersNeverTakeMoreThanThereIs() throws Exception {
    Cache<String, byte[]> cache =
        Caching.getCachingProvider()
            .getCacheManager()
            .createCache("buckets", new MutableConfiguration<String, byte[]>());
    var buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
    var configuration =
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(100).refillIntervally(100, Duration.ofDays(1)))
            .build();
    var taken =
        race(
            8,
            () -> {
              var bucket = buckets.builder().build("user", () -> configuration);
              return IntStream.range(0, 25).filter(i -> bucket.tryConsume(1)).count();
            });
    assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
  }

  @Test
  void anUnknownBucketHasNoConfiguration() {
    Cache<String, byte[]> cache =
        Caching.getCachingProvider()
            .getCacheManager()
            .createCache(
                "buckets",
                new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
    var buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
    assertThat(buckets.getProxyConfiguration("nobody")).isEmpty();
    assertThat(cache.containsKey("nobody")).isFalse();
  }
}
