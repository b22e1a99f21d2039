package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

final class LarderAsyncCacheTest extends AsyncCacheContract {
  @Override
  String provider() {
    return "dev.larder.LarderCachingProvider";
  }

  @Test
  void inMemoryCommandsAreDoneWhenTheyReturn() {
    try (var manager =
        Caching.getCachingProvider(provider())
            .getCacheManager(URI.create("memory:at-once"), null)) {
      AsyncCache<String, Long> cache =
          AsyncCache.of(manager.createCache("c", new MutableConfiguration<String, Long>()));
      Stream<CompletionStage<?>> stages =
          Stream.of(
              cache.set("a", 1L),
              cache.set("a", 1L, Duration.ofMinutes(1)),
              cache.get("a"),
              cache.exists("a"),
              cache.multiSet(Map.of("b", 2L)),
              cache.multiGet(List.of("a", "b")),
              cache.increment("a", 1),
              cache.expire("a", Duration.ofMinutes(1)),
              cache.putIfAbsent("a", 2L),
              cache.getAndPut("a", 3L),
              cache.replace("a", 4L), // with an old value it calls equals, so a pool runs it
              cache.delete("a"));
      assertThat(stages).allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isCompleted());
    }
  }
}
