package dev.larder.internal.engine;

import dev.larder.LarderConfiguration;
import dev.larder.internal.operation.ExpiryRules;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a backend gets to build the engine of one cache.
 *
 * @param cacheName the cache's name, for errors
 * @param loader calls the cache loader, if there is one
 * @param missLoader calls the cache loader for gets that miss, if they are read through
 * @param writer calls the cache writer, if changes are written through
 * @param executor runs user code that no caller waits for
 * @param completions runs what is short and does not wait, on few threads
 */
public record EngineParts<K, V>(
    String cacheName,
    LarderConfiguration<K, V> configuration,
    ExpiryRules expiry,
    @Nullable ReadThrough<K, V> loader,
    @Nullable ReadThrough<K, V> missLoader,
    @Nullable WriteThrough<K, V> writer,
    OutcomeRecorder<K, V> recorder,
    Executor executor,
    Executor completions) {

  /** Returns the same with another configuration. */
  public EngineParts<K, V> configured(LarderConfiguration<K, V> other) {
    return new EngineParts<>(
        cacheName, other, expiry, loader, missLoader, writer, recorder, executor, completions);
  }
}
