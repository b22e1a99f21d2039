package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Ttl;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The few things that Redis has no command for, each atomic by a script on one key. */
final class Scripts {
  /** Values longer than this are compared by their SHA-1, which is shorter to send. */
  static final int LONG_VALUE = 1_024;

  private static final String NONE = "none";
  private static final String KEEP = "keep";
  private static final String FOREVER = "forever";

  static final String SET =
      """
      local function set(key, value, ttl)
        if ttl == 'none' then
          redis.call('DEL', key)
        elseif ttl == 'keep' then
          redis.call('SET', key, value, 'KEEPTTL')
        elseif ttl == 'forever' then
          redis.call('SET', key, value)
        else
          redis.call('SET', key, value, 'PX', ttl)
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
              set(KEYS[1], ARGV[1], old and ARGV[3] or ARGV[2])
              return old
              """,
          ScriptOutputType.VALUE);

  /** As {@link #PUT}, but returns nothing. */
  private static final Script PUT_BLINDLY =
      new Script(
          SET
              + """
              set(KEYS[1], ARGV[1], redis.call('EXISTS', KEYS[1]) == 1 and ARGV[3] or ARGV[2])
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
                set(KEYS[1], ARGV[5], ARGV[4])
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
        isLong ? Script.sha1(expected) : expected,
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
    return script.run(commands, new byte[][] {key}, arguments);
  }

  /** Returns a time to live as scripts get it. */
  static byte[] text(long ttl) {
    if (ttl == Ttl.NONE) {
      return bytes(NONE);
    }
    if (ttl == Ttl.KEEP) {
      return bytes(KEEP);
    }
    return bytes(ttl == Ttl.FOREVER ? FOREVER : Long.toString(Math.min(ttl, LettuceStore.LONGEST)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
