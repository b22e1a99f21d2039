package dev.larder.internal.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The events of Java Flight Recorder; made only where somebody records them. */
final class FlightSpans {
  private FlightSpans() {}

  /** Found when the recorder has been started, and not before: that takes a while. */
  private static final class Types {
    static final EventType LOAD = EventType.getEventType(LoadEvent.class);
    static final EventType REMOTE = EventType.getEventType(RemoteOperationEvent.class);
    static final EventType EVICTION = EventType.getEventType(EvictionEvent.class);
    static final EventType FAILURE = EventType.getEventType(FailureEvent.class);
  }

  static @Nullable Span load(String cacheName, int keys) {
    return FlightRecorder.isInitialized() && Types.LOAD.isEnabled()
        ? begun(new LoadEvent(cacheName, keys))
        : null;
  }

  static @Nullable Span remoteOperation(String cacheName, String operation) {
    return FlightRecorder.isInitialized() && Types.REMOTE.isEnabled()
        ? begun(new RemoteOperationEvent(cacheName, operation))
        : null;
  }

  static void eviction(String cacheName) {
    if (FlightRecorder.isInitialized() && Types.EVICTION.isEnabled()) {
      new EvictionEvent(cacheName).commit();
    }
  }

  static void failure(String cacheName, String operation, Throwable failure) {
    if (FlightRecorder.isInitialized() && Types.FAILURE.isEnabled()) {
      new FailureEvent(cacheName, operation, failure).commit();
    }
  }

  /** Names of operations may be those of their classes. */
  private static String lowerCase(String operation) {
    return Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
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
      this.operation = lowerCase(operation);
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
      this.operation = lowerCase(operation);
      this.cause = failure.getClass().getName() + ": " + failure.getMessage();
    }
  }
}
