package dev.larder.internal.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The events of Java Flight Recorder; asked first whether they are enabled, made only then. */
final class FlightSpans {
  private static final EventType LOAD = EventType.getEventType(LoadEvent.class);
  private static final EventType REMOTE = EventType.getEventType(RemoteOperationEvent.class);
  private static final EventType EVICTION = EventType.getEventType(EvictionEvent.class);
  private static final EventType FAILURE = EventType.getEventType(FailureEvent.class);

  private FlightSpans() {}

  static @Nullable Span load(String cacheName, int keys) {
    return LOAD.isEnabled() ? begun(new LoadEvent(cacheName, keys)) : null;
  }

  static @Nullable Span remoteOperation(String cacheName, String operation) {
    return REMOTE.isEnabled() ? begun(new RemoteOperationEvent(cacheName, operation)) : null;
  }

  static void eviction(String cacheName) {
    if (EVICTION.isEnabled()) {
      new EvictionEvent(cacheName).commit();
    }
  }

  static void failure(String cacheName, String operation, Throwable failure) {
    if (FAILURE.isEnabled()) {
      new FailureEvent(cacheName, operation, failure).commit();
    }
  }

  private static Span begun(TimedEvent event) {
    event.begin();
    return new Span() {
      @Override
      public void end(boolean failed) {
        event.failed = failed;
        event.commit();
      }
    };
  }

  /** What events of some duration share. */
  @Category("Larder")
  @StackTrace(false)
  abstract static class TimedEvent extends Event {
    @Label("Cache")
    final String cache;

    @Label("Failed")
    boolean failed;

    TimedEvent(String cache) {
      this.cache = cache;
    }
  }

  @Name("dev.larder.Load")
  @Label("Load")
  @Description("A call of a cache loader")
  static final class LoadEvent extends TimedEvent {
    @Label("Keys")
    final int keys;

    LoadEvent(String cache, int keys) {
      super(cache);
      this.keys = keys;
    }
  }

  @Name("dev.larder.RemoteOperation")
  @Label("Remote Operation")
  @Description("A call on a cache on a server, with all of its commands")
  static final class RemoteOperationEvent extends TimedEvent {
    @Label("Operation")
    final String operation;

    RemoteOperationEvent(String cache, String operation) {
      super(cache);
      this.operation = operation;
    }
  }

  @Name("dev.larder.Eviction")
  @Label("Eviction")
  @Description("An entry made room for others")
  @Category("Larder")
  @StackTrace(false)
  static final class EvictionEvent extends Event {
    @Label("Cache")
    final String cache;

    EvictionEvent(String cache) {
      this.cache = cache;
    }
  }

  @Name("dev.larder.Failure")
  @Label("Failure")
  @Description("A call on a server failed, or a stored value could not be read")
  @Category("Larder")
  static final class FailureEvent extends Event {
    @Label("Cache")
    final String cache;

    @Label("Operation")
    final String operation;

    @Label("Cause")
    final String cause;

    FailureEvent(String cache, String operation, Throwable failure) {
      this.cache = cache;
      this.operation = operation;
      this.cause = failure.getClass().getName() + ": " + failure.getMessage();
    }
  }
}
