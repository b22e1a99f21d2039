package dev.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.VersionedValue;
import dev.larder.tck.servers.MemcachedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asynchronous calls have on Memcached alone. */
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
  void getsThatAreIssuedTogetherShareWritesToTheSocket() throws IOException {
    int gets = 1_000;
    result(cache.set("k", "v"));
    Path file = Files.createTempFile("writes", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.SocketWrite").withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      List<CompletionStage<String>> found =
          IntStream.range(0, gets).mapToObj(i -> cache.get("k")).toList();
      found.forEach(stage -> assertThat(result(stage)).isEqualTo("v"));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> writes =
        RecordingFile.readAllEvents(file).stream().filter(this::isWriteToTheServer).toList();
    Files.delete(file);
    assertThat(writes).isNotEmpty().hasSizeLessThan(gets / 2);
  }

  private boolean isWriteToTheServer(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.SocketWrite")
        && event.getInt("port") == server.uri().getPort();
  }
}
