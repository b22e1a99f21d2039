package dev.larder.tck.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees all commands that a server executes, as {@code MONITOR} tells them; not safe for several
 * threads.
 */
public final class RedisMonitor implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private final RedisServer server;
  private final RespConnection connection;

  RedisMonitor(RedisServer server, RespConnection connection) throws IOException {
    this.server = server;
    this.connection = connection;
    var unused = connection.command("MONITOR".getBytes(UTF_8));
  }

  /** Returns the commands that were executed since this was last asked, or since it began. */
  public List<Command> commands() {
    String marker = UUID.randomUUID().toString();
    var unused = server.command("PING", marker);
    List<Command> commands = new ArrayList<>();
    try {
      for (Command next = next(); !next.words().contains(marker); next = next()) {
        commands.add(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server stopped telling its commands", e);
    }
    return commands;
  }

  private Command next() throws IOException {
    String line = String.valueOf(connection.reply());
    int sourceEnd = line.indexOf(']');
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.substring(sourceEnd));
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return new Command(line.substring(0, sourceEnd).endsWith(" lua"), words);
  }

  /** Stops looking. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A command that was executed.
   *
   * @param byScript whether a script executed it, so that it did not travel by itself
   * @param words its name and arguments; bytes that are no printable ASCII are escaped
   */
  public record Command(boolean byScript, List<String> words) {}
}
