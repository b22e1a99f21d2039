package dev.larder.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * A part of time that Java Flight Recorder has an event for, and the events that take no time.
 *
 * <p>The JVM may lack the module {@code jdk.jfr}: then, and while nobody records, nothing is
 * allocated and no clock is read. Only {@link FlightSpans} knows the module.
 */
public abstract class Span {
  private static final boolean CAN_RECORD = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  Span() {}

  /** Begins the load of some keys, or returns {@code null} if nobody records. */
  public static @Nullable Span load(String cacheName, int keys) {
    return CAN_RECORD ? FlightSpans.load(cacheName, keys) : null;
  }

  /** Begins a call on a server, or returns {@code null} if nobody records. */
  public static @Nullable Span remoteOperation(String cacheName, String operation) {
    return CAN_RECORD ? FlightSpans.remoteOperation(cacheName, operation) : null;
  }

  /** Records that an entry made room for others. */
  public static void eviction(String cacheName) {
    if (CAN_RECORD) {
      FlightSpans.eviction(cacheName);
    }
  }

  /** Records that a call on a server failed, or that a stored value could not be read. */
  public static void failure(String cacheName, String operation, Throwable failure) {
    if (CAN_RECORD) {
      FlightSpans.failure(cacheName, operation, failure);
    }
  }

  /** Ends the span. */
  public abstract void end(boolean failed);
}
