package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** A script, which is sent by its SHA-1, and in full where the server does not know it. */
record Script(String source, String sha1, ScriptOutputType output) {

  Script(String source, ScriptOutputType output) {
    this(source, new String(sha1(source.getBytes(UTF_8)), UTF_8), output);
  }

  <T> CompletionStage<T> run(
      RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
    return commands
        .<T>evalsha(sha1, output, keys, arguments)
        .handle(
            (reply, failure) ->
                failure instanceof RedisNoScriptException
                    ? commands.<T>eval(source, output, keys, arguments)
                    : completed(reply, failure))
        .thenCompose(Function.identity());
  }

  private static <T> CompletionStage<T> completed(T reply, @Nullable Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(reply)
        : CompletableFuture.failedFuture(failure);
  }

  /** Returns the SHA-1 of some bytes as Redis writes it. */
  static byte[] sha1(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
      return HexFormat.of().formatHex(digest).getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
