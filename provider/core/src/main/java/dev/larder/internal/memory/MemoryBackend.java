package dev.larder.internal.memory;

import dev.larder.Ticker;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import javax.cache.configuration.OptionalFeature;
import org.jspecify.annotations.Nullable;

/** Keeps entries on the heap. */
public final class MemoryBackend implements Backend {
  private final Horizon horizon = new Horizon(Ticker.system());
  private final ExpirySweeper sweeper;

  /**
   * Opens the backend of one manager.
   *
   * @param managerName names the backend's thread
   */
  public MemoryBackend(String managerName) {
    this.sweeper = new ExpirySweeper("larder-expiry-" + managerName, horizon);
  }

  @Override
  public <K, V> Engine<K, V> open(EngineParts<K, V> parts) {
    MemoryEngine<K, V> engine = new MemoryEngine<>(parts, horizonOf(parts));
    engine.onExpiryExpected(() -> sweeper.watch(engine, parts.executor()));
    if (parts.expiry().canExpire()) {
      engine.expectExpiry();
    }
    return engine;
  }

  /** Returns the horizon of a cache: a ticker of the user's may jump, so is always asked. */
  private Horizon horizonOf(EngineParts<?, ?> parts) {
    Ticker ticker = parts.configuration().ticker();
    return ticker.equals(Ticker.system()) ? horizon : new Horizon(ticker);
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
