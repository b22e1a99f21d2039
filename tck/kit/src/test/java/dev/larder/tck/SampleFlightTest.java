package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.BackendException;
import dev.larder.tck.store.Hostility.Trick;
import java.nio.file.Path;
import java.util.List;
import javax.cache.Cache;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder sees of a cache on a server. */
class SampleFlightTest {
  @Test
  void callsAndFailuresOnServersAreRecorded(@TempDir Path directory) throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording();
        SampleCaches caches = new SampleCaches()) {
      recording.enable("dev.larder.RemoteOperation").withoutThreshold();
      recording.enable("dev.larder.Failure").withoutThreshold();
      recording.start();
      Cache<String, Integer> cache = caches.open(SampleCaches.numbers());
      cache.put("k", 1);
      caches.storeBytes("bad", "no number");
      assertThat(cache.get("bad")).isNull();
      caches.hostility.always(Trick.FAIL_EARLY);
      assertThatThrownBy(() -> cache.get("k")).isInstanceOf(BackendException.class);
      recording.stop();
      Path file = directory.resolve("remote.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }

    assertThat(events)
        .extracting(event -> event.getEventType().getLabel() + " " + event.getString("operation"))
        .containsExactlyInAnyOrder(
            "Remote Operation put",
            "Remote Operation get",
            "Remote Operation get",
            "Failure decode",
            "Failure get");
  }
}
