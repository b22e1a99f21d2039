package dev.larder.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.larder.BackendException;
import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The events of Java Flight Recorder: there when recorded, and otherwise free. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlightEventsTest {
  private static final int CALLS = 10_000;

  @TempDir private Path directory;

  private static CacheManager open() {
    return new LarderCachingProvider().getCacheManager(URI.create("memory:flight"), null);
  }

  private static Cache<Integer, Integer> loading(CacheManager manager) {
    CacheLoader<Integer, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(Integer key) {
            return key;
          }

          @Override
          public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            return Map.of();
          }
        };
    return manager.createCache(
        "c",
        LarderConfiguration.builder(Integer.class, Integer.class)
            .maxEntries(10)
            .readThrough(() -> loader)
            .build());
  }

  @Test
  @Order(1)
  void nothingIsAllocatedWhileNobodyRecords() {
    assumeFalse(FlightRecorder.isInitialized(), "somebody has begun to record");
    BackendException failure = new BackendException("no", null, false);
    allSpans(failure); // loads the classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      allSpans(failure);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(CALLS); // not one byte for each call
    assertThat(FlightRecorder.isInitialized()).isFalse();
  }

  private static void allSpans(BackendException failure) {
    assertThatNothingBegins(Span.load("c", 1));
    assertThatNothingBegins(Span.remoteOperation("c", "get"));
    Span.eviction("c");
    Span.failure("c", "get", failure);
  }

  private static void assertThatNothingBegins(Object span) {
    if (span != null) {
      throw new AssertionError("an event was begun");
    }
  }

  @Test
  @Order(2)
  void whatIsRecordedSaysWhatHappened() throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording();
        CacheManager manager = open()) {
      for (String name : List.of("Load", "RemoteOperation", "Eviction", "Failure")) {
        recording.enable("dev.larder." + name).withoutThreshold();
      }
      recording.start();
      Cache<Integer, Integer> cache = loading(manager);
      for (int i = 0; i < 20; i++) {
        assertThat(cache.get(i)).isEqualTo(i);
      }
      Span call = Span.remoteOperation("c", "get");
      assertThat(call).isNotNull();
      call.end(true);
      Span.failure("c", "get", new BackendException("the reason", null, false));
      recording.stop();
      Path file = directory.resolve("larder.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }

    assertThat(named(events, "Load")).hasSize(20);
    assertThat(named(events, "Load"))
        .allSatisfy(
            event -> {
              assertThat(event.getString("cache")).isEqualTo("c");
              assertThat(event.getInt("keys")).isEqualTo(1);
              assertThat(event.getBoolean("failed")).isFalse();
            });
    assertThat(named(events, "Eviction")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(named(events, "RemoteOperation")).hasSize(1);
    assertThat(named(events, "RemoteOperation").get(0).getBoolean("failed")).isTrue();
    assertThat(named(events, "Failure").get(0).getString("cause"))
        .isEqualTo("dev.larder.BackendException: the reason");
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.larder." + name))
        .toList();
  }

  /** Runs in a JVM of its own. */
  static final class WithoutRecorder {
    private WithoutRecorder() {}

    public static void main(String[] arguments) {
      if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
        throw new IllegalStateException("there is jdk.jfr");
      }
      try (CacheManager manager = open()) {
        Cache<Integer, Integer> cache = loading(manager);
        int sum = 0;
        for (int i = 0; i < 100; i++) {
          sum += cache.get(i);
        }
        System.out.println("sum " + sum);
      }
    }
  }

  @Test
  @Order(3)
  void larderWorksInARuntimeWithoutJfr() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.logging,java.management,java.sql,jdk.unsupported",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator,
                WithoutRecorder.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("sum 4950");
  }
}
