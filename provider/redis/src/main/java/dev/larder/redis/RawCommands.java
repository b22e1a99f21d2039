package dev.larder.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any command of Redis, by its name. */
final class RawCommands {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  /** What would change or block the one connection that all caches of a manager share. */
  private static final Set<String> NOT_ON_A_SHARED_CONNECTION =
      Set.of(
          "ASKING",
          "AUTH",
          "BLMOVE",
          "BLMPOP",
          "BLPOP",
          "BRPOP",
          "BRPOPLPUSH",
          "BZMPOP",
          "BZPOPMAX",
          "BZPOPMIN",
          "DISCARD",
          "EXEC",
          "HELLO",
          "MONITOR",
          "MULTI",
          "PSUBSCRIBE",
          "PSYNC",
          "PUNSUBSCRIBE",
          "QUIT",
          "READONLY",
          "READWRITE",
          "RESET",
          "SELECT",
          "SSUBSCRIBE",
          "SUBSCRIBE",
          "SUNSUBSCRIBE",
          "SYNC",
          "UNSUBSCRIBE",
          "UNWATCH",
          "WAIT",
          "WATCH");

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;

  RawCommands(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    this.commands = commands;
  }

  /**
   * Sends a command. A cluster finds the server for it by the first argument, which is the key in
   * most commands.
   *
   * @throws IllegalArgumentException if it is none, or none for a shared connection
   */
  CompletionStage<@Nullable Object> send(String command, List<byte[]> arguments) {
    String name = command.toUpperCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a Redis command; its arguments are given apart".formatted(command));
    }
    if (NOT_ON_A_SHARED_CONNECTION.contains(name)) {
      throw new IllegalArgumentException(
          "%s would change or block the connection that all caches share; make one of your own"
              .formatted(name));
    }
    CommandArgs<byte[], byte[]> encoded = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    if (!arguments.isEmpty()) {
      encoded.addKey(arguments.get(0)).addValues(arguments.subList(1, arguments.size()));
    }
    Reply reply = new Reply();
    return commands.dispatch(new Keyword(name), reply, encoded).thenApply(reply::of);
  }

  /** What a server answers: a list only if it is one. */
  private static final class Reply extends NestedMultiOutput<byte[], byte[]> {
    private boolean list;

    Reply() {
      super(ByteArrayCodec.INSTANCE);
    }

    @Override
    public void multi(int count) {
      list = true;
      super.multi(count);
    }

    private @Nullable Object of(@Nullable List<Object> elements) {
      return list || elements == null || elements.isEmpty() ? elements : elements.get(0);
    }
  }

  private record Keyword(String text) implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return text.getBytes(US_ASCII);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
