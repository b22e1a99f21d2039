package dev.larder.redis;

import dev.larder.spi.RemoteStore.Page;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys by their prefix, on one server after the other.
 *
 * <p>A cursor is the server's own, after the name of the server and a slash.
 */
final class KeyScan {
  private static final int LOOKED_AT = 1_000;
  private static final String SPECIAL = "*?[]^-\\";

  private final Supplier<List<String>> nodes;
  private final Function<String, CompletionStage<RedisKeyAsyncCommands<byte[], byte[]>>> commandsOf;

  /**
   * Creates a scan.
   *
   * @param nodes names the servers, in an order that stays
   * @param commandsOf finds a server's commands by its name
   */
  KeyScan(
      Supplier<List<String>> nodes,
      Function<String, CompletionStage<RedisKeyAsyncCommands<byte[], byte[]>>> commandsOf) {
    this.nodes = nodes;
    this.commandsOf = commandsOf;
  }

  /** Returns the keys of a page. */
  CompletionStage<Page> page(byte[] prefix, @Nullable String cursor) {
    String position = cursor == null ? nodes.get().get(0) + "/0" : cursor;
    int slash = position.lastIndexOf('/');
    String node = position.substring(0, slash);
    ScanArgs arguments = new ScanArgs().match(pattern(prefix)).limit(LOOKED_AT);
    return commandsOf
        .apply(node)
        .thenCompose(
            commands -> commands.scan(ScanCursor.of(position.substring(slash + 1)), arguments))
        .thenApply(found -> new Page(withPrefix(found.getKeys(), prefix), next(node, found)));
  }

  private @Nullable String next(String node, KeyScanCursor<byte[]> found) {
    if (!found.isFinished()) {
      return node + "/" + found.getCursor();
    }
    List<String> all = nodes.get();
    int following = all.indexOf(node) + 1;
    return following < all.size() ? all.get(following) + "/0" : null;
  }

  /** A pattern is only a first sieve: what it lets through is compared byte by byte. */
  private static List<byte[]> withPrefix(List<byte[]> keys, byte[] prefix) {
    return keys.stream()
        .filter(
            key ->
                key.length >= prefix.length
                    && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length))
        .toList();
  }

  private static byte[] pattern(byte[] prefix) {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream(prefix.length + 8);
    for (byte b : prefix) {
      if (SPECIAL.indexOf(b) >= 0) {
        pattern.write('\\');
      }
      pattern.write(b);
    }
    pattern.write('*');
    return pattern.toByteArray();
  }
}
