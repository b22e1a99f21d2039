package dev.larder.tck.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server's process, which does not outlive this JVM: a watchdog, whose input this JVM keeps open,
 * kills it when that input ends.
 */
final class ServerProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 5;

  private final Process process;
  private final Process watchdog;
  private final Path log;

  private ServerProcess(Process process, Process watchdog, Path log) {
    this.process = process;
    this.watchdog = watchdog;
    this.log = log;
  }

  /**
   * Starts a server that writes to a log.
   *
   * @throws IllegalStateException if there is no such program, saying how to install it
   */
  static ServerProcess start(Path directory, List<String> commandLine) {
    return start(directory, commandLine, Map.of());
  }

  /** Starts a server with additional variables in its environment. */
  static ServerProcess start(
      Path directory, List<String> commandLine, Map<String, String> variables) {
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(commandLine)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(variables);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw missing(commandLine.get(0), e);
    }
    try {
      Process watchdog =
          new ProcessBuilder("sh", "-c", "cat >/dev/null; kill -9 " + process.pid())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new ServerProcess(process, watchdog, log);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException missing(String program, IOException cause) {
    return new IllegalStateException(
        ("%s does not start. Is it installed? './dev servers start' installs it on Debian and"
                + " Ubuntu ('apt-get install %s'); elsewhere see %s")
            .formatted(
                program,
                program,
                program.equals("memcached")
                    ? "https://docs.memcached.org"
                    : "https://redis.io/docs/install"),
        cause);
  }

  /**
   * Waits until something is so.
   *
   * @return {@code false} if the server ended before
   * @throws IllegalStateException if it takes too long
   */
  boolean awaitUnlessEnded(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (endsWithin(POLL_MILLIS)) {
        return false;
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%s took longer than %s; the server's log:%n%s".formatted(what, PATIENCE, log()));
      }
    }
    return true;
  }

  /** As {@link #awaitUnlessEnded}, but a server that ends is an error. */
  void await(String what, BooleanSupplier condition) {
    if (!awaitUnlessEnded(what, condition)) {
      throw new IllegalStateException(
          "%s: the server ended before; its log:%n%s".formatted(what, log()));
    }
  }

  private boolean endsWithin(int millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }

  /** Returns what the server has written. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Sends a signal, which {@code kill} knows by this name. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("the server has ended already; its log:\n" + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal", e);
    }
  }

  /** Says whether the process is stopped, as far as this system tells; if it does not, yes. */
  boolean isStopped() {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String text = Files.readString(stat);
      return text.startsWith("T", text.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return true;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process, as {@code kill -9} does, and returns when it is gone. */
  void kill() {
    watchdog.destroyForcibly();
    process.destroyForcibly();
    var unused = process.onExit().join();
  }

  /** Deletes a directory with all that is in it, as far as possible. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                var unused = file.toFile().delete();
              });
    } catch (IOException | UncheckedIOException e) {
      // What is left in the folder for temporary files is the system's to tidy up.
    }
  }
}
