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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} of its own, on a free port of the loopback interface, in a temporary
 * directory, without persistence unless configured.
 *
 * <p>It can be killed, paused and restarted, and inspected from outside with {@link
 * #command(String...)}. It ends with {@link #close}, and with the JVM, however that ends.
 *
 * <p>Not safe for several threads, except for {@link #command(String...)}, {@link #bytes} and
 * {@link #uri}.
 */
public final class RedisServer implements AutoCloseable {
  private static final int ATTEMPTS = 10;
  private static final Set<RedisServer> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(RedisServer::close)));
  }

  private final int port;
  private final Path directory;
  private final List<String> commandLine;
  private final @Nullable String password;
  private ServerProcess process;

  private RedisServer(
      int port,
      Path directory,
      List<String> commandLine,
      @Nullable String password,
      ServerProcess process) {
    this.port = port;
    this.directory = directory;
    this.commandLine = commandLine;
    this.password = password;
    this.process = process;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param configuration lines of {@code redis.conf}, which may contradict the defaults here, such
   *     as {@code "maxmemory 10mb"} or {@code "requirepass secret"}
   * @throws IllegalStateException if there is no {@code redis-server}, or it does not start with
   *     this configuration; the message says why
   */
  public static RedisServer start(String... configuration) {
    return start(false, Arrays.asList(configuration));
  }

  /**
   * Starts a sentinel, which has the same protocol and process, and returns when it answers.
   *
   * @param configuration lines of its configuration, such as {@code sentinel monitor …}
   * @throws IllegalStateException if it does not start; the message has its log
   */
  public static RedisServer startSentinel(List<String> configuration) {
    return start(true, configuration);
  }

  private static RedisServer start(boolean sentinel, List<String> configuration) {
    for (int attempt = 1; ; attempt++) {
      RedisServer server = launch(sentinel, Ports.free(), configuration);
      OPEN.add(server);
      try {
        if (server.awaitReady()) {
          return server;
        }
        String log = server.process.log();
        if (attempt == ATTEMPTS || !log.contains("Address already in use")) {
          throw new IllegalStateException("redis-server did not start; its log:\n" + log);
        }
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      server.close();
    }
  }

  private static RedisServer launch(boolean sentinel, int port, List<String> configuration) {
    try {
      Path directory = Files.createTempDirectory("larder-redis-");
      List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port));
      if (!sentinel) {
        lines.addAll(List.of("save \"\"", "appendonly no", "repl-diskless-sync-delay 0"));
      }
      lines.addAll(configuration);
      Path file = Files.write(directory.resolve("redis.conf"), lines);
      List<String> commandLine = new ArrayList<>(List.of("redis-server", file.toString()));
      if (sentinel) {
        commandLine.add("--sentinel");
      }
      return new RedisServer(
          port,
          directory,
          commandLine,
          passwordIn(configuration),
          ServerProcess.start(directory, commandLine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String passwordIn(List<String> configuration) {
    String name = "requirepass ";
    return configuration.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("\"", ""))
        .findFirst()
        .orElse(null);
  }

  private boolean awaitReady() {
    return process.awaitUnlessEnded("starting redis-server", this::answers);
  }

  private boolean answers() {
    try {
      return "PONG".equals(command("PING"));
    } catch (UncheckedIOException e) {
      return false; // not yet listening
    } catch (IllegalStateException e) {
      return !String.valueOf(e.getMessage()).startsWith("LOADING"); // else it refuses strangers
    }
  }

  /** Returns the URI of a cache manager that keeps its caches here, without any password. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Returns the port. */
  public int port() {
    return port;
  }

  /** Returns the directory in which the server runs and keeps its files. */
  public Path directory() {
    return directory;
  }

  /** Returns a port that is free now, for a second server or another of this one's ports. */
  public static int freePort() {
    return Ports.free();
  }

  /**
   * Sends a command on a connection of its own and returns the reply: a {@code String} in UTF-8, a
   * {@code Long}, a {@code List} of such, or {@code null}. With {@code requirepass} in the
   * configuration, it authenticates first.
   *
   * @throws IllegalStateException if the server answers with an error, which is the message
   * @throws UncheckedIOException if there is no reply
   */
  public @Nullable Object command(String... words) {
    return readable(raw(encoded(words)));
  }

  /** Sends a command, whose words may be any bytes, as {@link #command(String...)} does. */
  public @Nullable Object command(byte[]... words) {
    return readable(raw(words));
  }

  /**
   * Sends a command as {@link #command(String...)} does and returns the bytes of its reply, or
   * {@code null} if that is nil.
   *
   * @throws IllegalStateException if the reply is an error, or not a string of bytes
   */
  public byte @Nullable [] bytes(String... words) {
    Object reply = raw(encoded(words));
    if (reply != null && !(reply instanceof byte[])) {
      throw new IllegalStateException(words[0] + " does not answer with bytes");
    }
    return (byte[]) reply;
  }

  private static byte[][] encoded(String... words) {
    return Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  private @Nullable Object raw(byte[]... words) {
    try (RespConnection connection = connect()) {
      return connection.command(words);
    } catch (IOException e) {
      throw new UncheckedIOException("Redis at 127.0.0.1:" + port + " does not answer", e);
    }
  }

  private RespConnection connect() throws IOException {
    RespConnection connection = new RespConnection(port);
    if (password != null) {
      var unused = connection.command("AUTH".getBytes(UTF_8), password.getBytes(UTF_8));
    }
    return connection;
  }

  /** Begins to look at the commands that the server executes. */
  public RedisMonitor monitor() {
    try {
      return new RedisMonitor(this, connect());
    } catch (IOException e) {
      throw new UncheckedIOException("Redis at 127.0.0.1:" + port + " does not answer", e);
    }
  }

  private static @Nullable Object readable(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    }
    if (reply instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(readable(item)));
      return items;
    }
    return reply;
  }

  /** Waits until something is so, at most some seconds, while the server runs. */
  void await(String what, BooleanSupplier condition) {
    process.await(what, condition);
  }

  /** Kills the server as {@code kill -9} does: it loses what it did not save. */
  public void kill9() {
    process.kill();
  }

  /** Pauses the server: it keeps its connections and does not answer. */
  public void pause() {
    process.signal("STOP");
    process.await("pausing redis-server", process::isStopped);
  }

  /** Lets a paused server go on, with the commands that arrived in the meantime. */
  public void resume() {
    process.signal("CONT");
  }

  /** Starts the server again on its port, after killing it if it runs, and awaits its answer. */
  public void restart() {
    process.kill();
    process = ServerProcess.start(directory, commandLine);
    if (!awaitReady()) {
      throw new IllegalStateException("redis-server did not restart; its log:\n" + process.log());
    }
  }

  /** Says whether the server's process runs, be it paused. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Returns what the server has logged. */
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
    return "redis-server at 127.0.0.1:" + port;
  }
}
