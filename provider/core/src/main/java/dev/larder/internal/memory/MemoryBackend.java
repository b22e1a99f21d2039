package dev.larder.internal.memory;

import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import javax.cache.configuration.OptionalFeature;
import org.jspecify.annotations.Nullable;

/** Keeps entries on the heap. */
public final class MemoryBackend implements Backend {
  private final ExpirySweeper sweeper;

  /**
   * Opens the backend of one manager.
   *
   * @param managerName names the backend's thread
   */
  public MemoryBackend(String managerName) {
    this.sweeper = new ExpirySweeper("larder-expiry-" + managerName);
  }

  @Override
  public <K, V> Engine<K, V> open(EngineParts<K, V> parts) {
    MemoryEngine<K, V> engine = new MemoryEngine<>(parts);
    engine.onExpiryExpected(() -> sweeper.watch(engine, parts.executor()));
    if (parts.expiry().canExpire()) {
      engine.expectExpiry();
    }
    return engine;
  }

  @Override
  public MemoryBackend inNamespace(String namespace) {
    throw new UnsupportedOperationException(
        "entries in memory have no namespace; a cache of another name keeps '%s' apart"
            .formatted(namespace));
  }

  @Override
  public boolean supports(OptionalFeature feature) {
    return feature == OptionalFeature.STORE_BY_REFERENCE;
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return null;
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
