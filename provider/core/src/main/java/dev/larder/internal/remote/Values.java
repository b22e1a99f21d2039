package dev.larder.internal.remote;

import dev.larder.Undecodable;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.Span;
import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.Entry;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * One cache's values as its store has them: their bytes and times to live.
 *
 * <p>Bytes that are not of the cache's format count as no value, or fail the call, as the cache is
 * configured. They are counted, and reported once per cause; what they hold is reported to nobody.
 */
final class Values<V> {
  private static final Logger LOG = System.getLogger("dev.larder.remote");
  private static final int MAX_REPORTS = 100;

  private final String cacheName;
  private final KeyCodec<?> keys;
  private final Codec<V> codec;
  private final Undecodable policy;
  private final ExpiryRules expiry;
  private final OutcomeRecorder<?, V> recorder;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Values(
      String cacheName,
      KeyCodec<?> keys,
      Codec<V> codec,
      Undecodable policy,
      ExpiryRules expiry,
      OutcomeRecorder<?, V> recorder) {
    this.cacheName = cacheName;
    this.keys = keys;
    this.codec = codec;
    this.policy = policy;
    this.expiry = expiry;
    this.recorder = recorder;
  }

  byte[] encode(V value) {
    return codec.encode(value);
  }

  /** Says whether all bytes are a value. */
  boolean readsAll() {
    return codec.readsAll();
  }

  /** Says whether bytes that are no value fail the calls that have to know it. */
  boolean mayFail() {
    return policy == Undecodable.FAIL;
  }

  /** Says whether undecodable bytes may be a value for those who run a newer release. */
  boolean isNewer(@Nullable Stored undecodable) {
    return undecodable != null && (undecodable.newer() || codec.isNewer(undecodable.value()));
  }

  private V decoded(Stored stored) throws UndecodableException {
    if (stored.newer()) {
      throw new UndecodableException(
          "the server has it in an unknown form, perhaps of a newer release", null);
    }
    return codec.decode(stored.value());
  }

  /**
   * Returns the value of what a store returned for a key, {@code null} if it has none.
   *
   * @throws CacheException if it has none that can be read, and calls are to fail then
   */
  @Nullable V decode(byte[] key, @Nullable Stored stored) {
    if (stored == null) {
      return null;
    }
    try {
      return decoded(stored);
    } catch (UndecodableException e) {
      note(e);
      if (mayFail()) {
        throw new CacheException(
            "cache '%s', key %s: the stored value cannot be read: %s"
                .formatted(cacheName, keys.describe(key), e.getMessage()),
            e);
      }
      return null;
    }
  }

  private void note(UndecodableException failure) {
    recorder.undecodable();
    Span.failure(cacheName, "decode", failure);
    String cause = String.valueOf(failure.getMessage());
    if (reported.size() < MAX_REPORTS && reported.add(cause)) {
      LOG.log(
          Level.WARNING,
          "cache '%s' %s a stored value: %s"
              .formatted(cacheName, mayFail() ? "cannot read" : "takes for missing", cause));
      LOG.log(Level.DEBUG, "an undecodable value in cache '" + cacheName + "'", failure);
    }
  }

  /**
   * Returns the entry of what a store returned for a key, {@code null} if it has none.
   *
   * @throws CacheException if it has none that can be read, and calls are to fail then
   */
  @Nullable Entry<V> entry(byte[] key, @Nullable Stored stored) {
    V value = decode(key, stored);
    return value == null ? null : new RemoteEntry<>(value);
  }

  /** Returns the entry of what a store returned, {@code null} if it has none that can be read. */
  @Nullable Entry<V> entryIfReadable(@Nullable Stored stored) {
    if (stored == null) {
      return null;
    }
    try {
      return new RemoteEntry<>(decoded(stored));
    } catch (UndecodableException e) {
      note(e);
      return null;
    }
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
