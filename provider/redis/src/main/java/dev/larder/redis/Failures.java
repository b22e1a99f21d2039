package dev.larder.redis;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import io.lettuce.core.RedisCommandExecutionException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Explains what went wrong with a command: what it was, whether the command may have been executed
 * nevertheless, and what can be done.
 */
final class Failures {
  private static final String MAYBE_EXECUTED = "the command may have been executed";

  private static final String WHOM_TO_TRUST =
      ". The manager's property %s can name a key store with the certificates to trust"
          .formatted(TlsSettings.TRUST_STORE);

  /** What an error of the server means here, by the word that it begins with. */
  private static final Map<String, String> MEANINGS =
      Map.of(
          "OOM", "its memory is full; entries can still be read and removed",
          "READONLY", "it is a replica now; the connection is made anew to find the primary",
          "BUSY", "it is busy with somebody's script",
          "LOADING", "it has just started and reads its data",
          "MASTERDOWN", "it is a replica that has lost its primary",
          "NOREPLICAS", "it has too few replicas to accept changes",
          "MISCONF", "it cannot save its data, and accepts no changes until it can",
          "WRONGTYPE",
              "another application keeps something under a key of this cache that is no string;"
                  + " remove() removes it",
          "NOPERM", "the user that the URI names is not allowed to do this",
          "CLUSTERDOWN", "a part of the cluster is down");

  private final String server;
  private final ConnectionLimits limits;

  /** Why the last attempt to connect failed, until one succeeds. */
  private volatile @Nullable Throwable connectFailure;

  /**
   * Creates explanations.
   *
   * @param server names the server, without secrets
   */
  Failures(String server, ConnectionLimits limits) {
    this.server = server;
    this.limits = limits;
  }

  /** Notes that an attempt to connect has failed. */
  void noteCannotConnect(Throwable cause) {
    connectFailure = cause;
  }

  /** Notes that there is a connection. */
  void noteConnected() {
    connectFailure = null;
  }

  BackendException connecting(Throwable failure) {
    return new BackendException(
        "cannot connect to Redis at %s: %s%s"
            .formatted(server, rootMessage(failure), isDistrust(failure) ? WHOM_TO_TRUST : ""),
        failure,
        false);
  }

  private static boolean isDistrust(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof CertificateException || isDistrust(failure.getCause()));
  }

  BackendException tooMany() {
    return new BackendException(
        ("Redis at %s: %d commands are on their way already; this one was not sent. The parameter"
                + " 'inFlight' of the URI allows more")
            .formatted(server, limits.inFlight()),
        null,
        false);
  }

  BackendException timedOut() {
    return new BackendException(
        ("Redis at %s did not answer within %d ms; %s. Is it overloaded? The parameter 'timeout'"
                + " of the URI allows more")
            .formatted(server, limits.timeout().toMillis(), MAYBE_EXECUTED),
        null,
        true);
  }

  BackendException closed(boolean sent) {
    return new BackendException(
        "the connection to Redis at %s is closed; %s"
            .formatted(server, sent ? MAYBE_EXECUTED : "the command was not sent"),
        null,
        sent);
  }

  /**
   * Explains an error of the driver.
   *
   * @param sent whether the command may have left this JVM
   */
  Throwable explained(Throwable failure, boolean sent) {
    if (failure instanceof Error) {
      return failure;
    }
    if (failure instanceof RedisCommandExecutionException) {
      return refused(failure);
    }
    return sent ? lost(failure) : notSent(failure);
  }

  private BackendException refused(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String meaning = MEANINGS.get(message.split(" ", 2)[0]);
    return new BackendException(
        meaning == null
            ? "Redis at %s refused: %s".formatted(server, message)
            : "Redis at %s refused: %s (%s)".formatted(server, meaning, message),
        cause,
        false);
  }

  private BackendException notSent(Throwable cause) {
    Throwable reason = connectFailure == null ? cause : connectFailure;
    return new BackendException(
        "Redis at %s is not connected, and the command was not sent; connecting goes on. %s"
            .formatted(server, rootMessage(reason)),
        reason,
        false);
  }

  private BackendException lost(Throwable cause) {
    return new BackendException(
        "Redis at %s: the connection was lost before the answer came; %s. %s"
            .formatted(server, MAYBE_EXECUTED, rootMessage(cause)),
        cause,
        true);
  }

  /** Returns the failure of a call of which another part may have been executed. */
  static BackendException partly(BackendException failure) {
    return failure.isOutcomeUnknown()
        ? failure
        : new BackendException(
            failure.getMessage() + "; but a part of the call's changes may have been made",
            failure,
            true);
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
