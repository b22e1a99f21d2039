package dev.larder.memcached;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Explains what went wrong with a command: what it was, whether the command may have been executed
 * nevertheless, and what can be done.
 */
final class Failures {
  private static final String MAYBE_EXECUTED = "the command may have been executed";
  private static final String NOT_SENT = "the command was not sent";

  private final ConnectionLimits limits;

  Failures(ConnectionLimits limits) {
    this.limits = limits;
  }

  static BackendException connecting(String servers, @Nullable Throwable failure) {
    return new BackendException(
        "cannot connect to Memcached at %s: %s"
            .formatted(servers, failure == null ? "no answer" : failure.getMessage()),
        failure,
        false);
  }

  static BackendException tooLarge(int size, int limit) {
    return new BackendException(
        ("the entry takes %d bytes with its key, and the Memcached server takes %d at most; nothing"
                + " was sent, and what was stored before is still there. The server's option -I"
                + " allows more")
            .formatted(size, limit),
        null,
        false);
  }

  BackendException tooMany(Server server) {
    return new BackendException(
        ("Memcached at %s: %d commands are on their way already; this one was not sent. The"
                + " parameter 'inFlight' of the URI allows more")
            .formatted(server, limits.inFlight()),
        null,
        false);
  }

  BackendException timedOut(Server server, boolean sent) {
    return new BackendException(
        ("Memcached at %s did not answer within %d ms; %s. Is it overloaded? The parameter"
                + " 'timeout' of the URI allows more")
            .formatted(server, limits.timeout().toMillis(), sent ? MAYBE_EXECUTED : NOT_SENT),
        null,
        sent);
  }

  BackendException closed(Server server, boolean sent) {
    return new BackendException(
        "the connection to Memcached at %s is closed; %s"
            .formatted(server, sent ? MAYBE_EXECUTED : NOT_SENT),
        null,
        sent);
  }

  /** Explains that the driver gave a command up, for there is no connection, or no more. */
  BackendException cancelled(Server server, boolean sent) {
    return new BackendException(
        sent
            ? "Memcached at %s: the connection was lost before the answer came; %s"
                .formatted(server, MAYBE_EXECUTED)
            : "Memcached at %s is not connected, and %s; connecting goes on"
                .formatted(server, NOT_SENT),
        null,
        sent);
  }

  BackendException notAccepted(Server server, RuntimeException cause) {
    return new BackendException(
        "Memcached at %s: the driver did not take the command, and it was not sent: %s"
            .formatted(server, rootMessage(cause)),
        cause,
        false);
  }

  BackendException refused(Server server, StatusCode code, String message) {
    String meaning =
        switch (code) {
          case ERR_2BIG ->
              "the entry is larger than the server takes (its option -I allows more); what was"
                  + " stored before is gone";
          case ERR_NO_MEM ->
              "its memory is full (option -M); entries can still be read and removed";
          case ERR_UNKNOWN_COMMAND, ERR_NOT_SUPPORTED -> "it does not know the command";
          default -> "an error of its own";
        };
    return new BackendException(
        "Memcached at %s refused: %s (%s)".formatted(server, meaning, message), null, false);
  }

  static BackendException changedTooOften(int times) {
    return new BackendException(
        "the entry changed %d times while one change of it was tried; nothing was changed"
            .formatted(times),
        null,
        false);
  }

  /** Returns the failure of a call of which another part was made, or may have been. */
  static Throwable partly(Throwable failure) {
    return failure instanceof BackendException e && !e.isOutcomeUnknown()
        ? new BackendException(
            e.getMessage() + "; but a part of the call's changes may have been made", e, true)
        : failure;
  }

  /** Returns what a stage failed with, without what stages wrap around it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
