package dev.larder.internal.remote;

import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.Entry;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One cache's values as its store has them: their bytes and times to live.
 *
 * <p>Bytes that are not of the cache's format count as no value, and are reported once per cause.
 */
final class Values<V> {
  private static final Logger LOG = System.getLogger("dev.larder.remote");
  private static final int MAX_REPORTS = 100;

  private final String cacheName;
  private final Codec<V> codec;
  private final ExpiryRules expiry;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Values(String cacheName, Codec<V> codec, ExpiryRules expiry) {
    this.cacheName = cacheName;
    this.codec = codec;
    this.expiry = expiry;
  }

  byte[] encode(V value) {
    return codec.encode(value);
  }

  /** Returns the value of what a store returned, {@code null} if it has none that can be read. */
  @Nullable V decode(@Nullable Stored stored) {
    if (stored == null) {
      return null;
    }
    try {
      return codec.decode(stored.value());
    } catch (UndecodableException e) {
      String cause = String.valueOf(e.getMessage());
      if (reported.size() < MAX_REPORTS && reported.add(cause)) {
        LOG.log(
            Level.WARNING, "cache '" + cacheName + "' takes a stored value for missing: " + cause);
      }
      return null;
    }
  }

  /** Returns the entry of what a store returned, {@code null} if it has none that can be read. */
  @Nullable Entry<V> entry(@Nullable Stored stored) {
    V value = decode(stored);
    return value == null ? null : new RemoteEntry<>(value);
  }

  /** Returns the time to live that leads to a deadline. */
  long ttl(long deadline) {
    if (deadline == Deadline.UNKNOWN) {
      return Ttl.KEEP;
    }
    if (deadline == Deadline.NEVER) {
      return Ttl.FOREVER;
    }
    return deadline == Deadline.PAST ? Ttl.NONE : expiry.millisUntil(deadline);
  }
}
