package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.VersionedValue;
import dev.larder.tck.servers.MemcachedServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asynchronous calls have on Memcached alone, and that a silent server holds nothing up. */
class AsyncCallsTest {
  private final MemcachedServer server = MemcachedServer.start();
  private CacheManager manager;
  private AsyncCache<String, String> cache;

  @BeforeEach
  void open() {
    manager = Caches.manager(server.uri(), "timeout=30s");
    cache = AsyncCache.of(Caches.cache(manager, String.class));
  }

  @AfterEach
  void close() {
    manager.close();
    server.close();
  }

  private static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void theSameValuePutBackIsAnotherVersion() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    result(cache.set("k", "other"));
    result(cache.set("k", "1"));
    assertThat(result(cache.cas("k", seen, "2"))).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo("1");
  }

  @Test
  void callsAtAServerThatDoesNotAnswerAreBoundedAndAllEnd() {
    int calls = 100_000;
    int inFlight = 1_024;
    result(cache.set("k", "v"));
    server.pause();
    List<CompletionStage<String>> stages =
        IntStream.range(0, calls)
            .mapToObj(
                i -> cache.get("k").exceptionally(failure -> failure.getClass().getSimpleName()))
            .toList();
    long refused = stages.stream().filter(stage -> stage.toCompletableFuture().isDone()).count();
    server.resume();

    assertThat(refused).isEqualTo(calls - inFlight);
    Map<String, Long> outcomes =
        stages.stream()
            .map(AsyncCallsTest::result)
            .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    assertThat(outcomes)
        .isEqualTo(
            Map.of(
                "v",
                (long) inFlight,
                RejectedExecutionException.class.getSimpleName(),
                (long) (calls - inFlight)));
    assertThat(result(cache.get("k"))).isEqualTo("v");
  }
}
