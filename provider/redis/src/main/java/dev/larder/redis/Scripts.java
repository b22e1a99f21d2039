package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Ttl;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The few things that Redis has no command for, each atomic by a script on one key. */
final class Scripts {
  /** Values longer than this are compared by their SHA-1, which is shorter to send. */
  private static final int LONG_VALUE = 1_024;

  private static final String NONE = "none";
  private static final String KEEP = "keep";
  private static final String FOREVER = "forever";

  private static final String SET =
      """
      local function set(value, ttl)
        if ttl == 'none' then
          redis.call('DEL', KEYS[1])
        elseif ttl == 'keep' then
          redis.call('SET', KEYS[1], value, 'KEEPTTL')
        elseif ttl == 'forever' then
          redis.call('SET', KEYS[1], value)
        else
          redis.call('SET', KEYS[1], value, 'PX', ttl)
        end
      end
      """;

  /**
   * ARGV: value, time to live where there is no value, where there is one. Returns the old value.
   */
  private static final Script PUT =
      new Script(
          SET
              + """
              local old = redis.call('GET', KEYS[1])
              set(ARGV[1], old and ARGV[3] or ARGV[2])
              return old
              """,
          ScriptOutputType.VALUE);

  /** As {@link #PUT}, but returns nothing. */
  private static final Script PUT_BLINDLY =
      new Script(
          SET
              + """
              set(ARGV[1], redis.call('EXISTS', KEYS[1]) == 1 and ARGV[3] or ARGV[2])
              return nil
              """,
          ScriptOutputType.VALUE);

  /** ARGV: expected value, or its SHA-1, which of the two, what to do, time to live, new value. */
  private static final Script COMPARE_AND_SET =
      new Script(
          SET
              + """
              local present = redis.call('GET', KEYS[1])
              if present and ARGV[2] == 'sha1' then
                present = redis.sha1hex(present)
              end
              if present ~= ARGV[1] then
                return 0
              end
              if ARGV[3] == 'remove' then
                redis.call('DEL', KEYS[1])
              else
                set(ARGV[5], ARGV[4])
              end
              return 1
              """,
          ScriptOutputType.INTEGER);

  /** PERSIST does not say whether there was a key that never expired, or none. */
  private static final Script PERSIST =
      new Script(
          """
          redis.call('PERSIST', KEYS[1])
          return redis.call('EXISTS', KEYS[1])
          """,
          ScriptOutputType.INTEGER);

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;

  Scripts(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    this.commands = commands;
  }

  /** Stores a value, with one time to live where there was none and another where there was. */
  CompletionStage<byte @Nullable []> put(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return run(PUT_BLINDLY, key, value, text(ttlNew), text(ttlOld));
  }

  /** Stores a value as {@link #put} does, and returns the old one. */
  CompletionStage<byte @Nullable []> getAndPut(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return run(PUT, key, value, text(ttlNew), text(ttlOld));
  }

  /** Stores or removes a value if the present one has these bytes. */
  CompletionStage<Long> compareAndSet(
      byte[] key, byte[] expected, byte @Nullable [] value, long ttl) {
    boolean isLong = expected.length > LONG_VALUE;
    return run(
        COMPARE_AND_SET,
        key,
        isLong ? sha1(expected) : expected,
        bytes(isLong ? "sha1" : "bytes"),
        bytes(value == null ? "remove" : "set"),
        text(ttl),
        value == null ? new byte[0] : value);
  }

  /** Makes a value live for ever; returns 1 if there is one. */
  CompletionStage<Long> persist(byte[] key) {
    return run(PERSIST, key);
  }

  private <T> CompletionStage<T> run(Script script, byte[] key, byte[]... arguments) {
    byte[][] keys = {key};
    return commands
        .<T>evalsha(script.sha1(), script.output(), keys, arguments)
        .handle(
            (reply, failure) ->
                failure instanceof RedisNoScriptException
                    ? commands.<T>eval(script.source(), script.output(), keys, arguments)
                    : completed(reply, failure))
        .thenCompose(Function.identity());
  }

  private static <T> CompletionStage<T> completed(T reply, @Nullable Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(reply)
        : CompletableFuture.failedFuture(failure);
  }

  private static byte[] text(long ttl) {
    if (ttl == Ttl.NONE) {
      return bytes(NONE);
    }
    if (ttl == Ttl.KEEP) {
      return bytes(KEEP);
    }
    return bytes(ttl == Ttl.FOREVER ? FOREVER : Long.toString(Math.min(ttl, LettuceStore.LONGEST)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
      return HexFormat.of().formatHex(digest).getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }

  private record Script(String source, String sha1, ScriptOutputType output) {
    Script(String source, ScriptOutputType output) {
      this(source, new String(Scripts.sha1(bytes(source)), UTF_8), output);
    }
  }
}
