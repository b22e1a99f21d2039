package dev.larder.tck.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@code memcached} of its own, on a free port of the loopback interface.
 *
 * <p>It can be killed, paused and restarted, and inspected from outside with {@link #command}. It
 * ends with {@link #close}, and with the JVM, however that ends.
 *
 * <p>Not safe for several threads, except for {@link #command}, {@link #stats} and {@link #uri}.
 */
public final class MemcachedServer implements AutoCloseable {
  private static final int ATTEMPTS = 10;
  private static final String PORT_FILE = "ports";

  /** The smallest hash table: to list keys is to walk it, and tests do little else. */
  private static final String HASH_TABLE = "hashpower=13";

  private static final Set<MemcachedServer> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(MemcachedServer::close)));
  }

  private final int port;
  private final Path directory;
  private final List<String> commandLine;
  private ServerProcess process;

  private MemcachedServer(
      int port, Path directory, List<String> commandLine, ServerProcess process) {
    this.port = port;
    this.directory = directory;
    this.commandLine = commandLine;
    this.process = process;
  }

  /**
   * Starts a server and returns when it listens.
   *
   * @param options words of the command line, such as {@code "-m", "64"}
   * @throws IllegalStateException if there is no {@code memcached}, or it does not start with these
   *     options; the message says why
   */
  public static MemcachedServer start(String... options) {
    for (int attempt = 1; ; attempt++) {
      MemcachedServer server = launch(Ports.free(), Arrays.asList(options));
      OPEN.add(server);
      try {
        if (server.awaitReady()) {
          return server;
        }
        String log = server.process.log();
        if (attempt == ATTEMPTS || !log.contains("Address already in use")) {
          throw new IllegalStateException("memcached did not start; its log:\n" + log);
        }
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      server.close();
    }
  }

  private static MemcachedServer launch(int port, List<String> options) {
    try {
      Path directory = Files.createTempDirectory("larder-memcached-");
      List<String> commandLine =
          new ArrayList<>(
              List.of(
                  "memcached",
                  "-l",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(port),
                  "-U",
                  "0",
                  "-u",
                  System.getProperty("user.name"),
                  "-o",
                  HASH_TABLE));
      commandLine.addAll(options);
      return new MemcachedServer(
          port, directory, commandLine, startProcess(directory, commandLine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerProcess startProcess(Path directory, List<String> commandLine) {
    return ServerProcess.start(
        directory,
        commandLine,
        Map.of("MEMCACHED_PORT_FILENAME", directory.resolve(PORT_FILE).toString()));
  }

  /** The file of its ports has its last name when it is complete, and so the server ready. */
  private boolean awaitReady() {
    return process.awaitUnlessEnded(
        "starting memcached", () -> Files.exists(directory.resolve(PORT_FILE)));
  }

  /** Returns the URI of a cache manager that keeps its caches here. */
  public URI uri() {
    return URI.create("memcached://127.0.0.1:" + port);
  }

  /** Returns the port. */
  public int port() {
    return port;
  }

  /**
   * Sends a line of the text protocol on a connection of its own, and returns the answer without
   * the end of its last line; it is read as UTF-8, and so is the command.
   *
   * @param command a line, or two for a command that stores something, without the last line's end
   * @throws UncheckedIOException if there is no answer
   */
  public String command(String command) {
    return new String(command(command.getBytes(UTF_8)), UTF_8);
  }

  /** Sends a command as {@link #command(String)} does, whose words may be any bytes. */
  public byte[] command(byte[] command) {
    try (TextConnection connection = new TextConnection(port)) {
      return connection.command(command);
    } catch (IOException e) {
      throw new UncheckedIOException(this + " does not answer", e);
    }
  }

  /** Returns the server's counters by their names, as {@code stats} tells them. */
  public Map<String, String> stats() {
    Map<String, String> stats = new TreeMap<>();
    for (String line : command("stats").split("\r\n", -1)) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[0].equals("STAT")) {
        stats.put(words[1], words[2]);
      }
    }
    return stats;
  }

  /** Kills the server as {@code kill -9} does: it loses all that it holds. */
  public void kill9() {
    process.kill();
  }

  /** Pauses the server: it keeps its connections and does not answer. */
  public void pause() {
    process.signal("STOP");
    process.await("pausing memcached", process::isStopped);
  }

  /** Lets a paused server go on, with the commands that arrived in the meantime. */
  public void resume() {
    process.signal("CONT");
  }

  /** Starts the server again on its port, empty, after killing it if it runs. */
  public void restart() {
    process.kill();
    try {
      Files.deleteIfExists(directory.resolve(PORT_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = startProcess(directory, commandLine);
    if (!awaitReady()) {
      throw new IllegalStateException("memcached did not restart; its log:\n" + process.log());
    }
  }

  /** Says whether the server's process runs, be it paused. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Returns what the server has logged: with {@code -vv}, all commands. */
  public String log() {
    return process.log();
  }

  /** Ends the server and deletes its directory; does nothing the second time. */
  @Override
  public void close() {
    OPEN.remove(this);
    process.kill();
    ServerProcess.delete(directory);
  }

  @Override
  public String toString() {
    return "memcached at 127.0.0.1:" + port;
  }
}
