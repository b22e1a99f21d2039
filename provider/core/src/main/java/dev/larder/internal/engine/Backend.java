package dev.larder.internal.engine;

import dev.larder.spi.RemoteStore;
import javax.cache.configuration.OptionalFeature;
import org.jspecify.annotations.Nullable;

/** Where the caches of one manager keep their entries. */
public interface Backend extends AutoCloseable {

  /** Builds the engine of one cache. */
  <K, V> Engine<K, V> open(EngineParts<K, V> parts);

  /**
   * Returns where a manager with another namespace keeps its entries; closed with this.
   *
   * @throws UnsupportedOperationException if there is no server
   */
  Backend inNamespace(String namespace);

  /** Says whether caches here can have an optional feature of JSR-107. */
  boolean supports(OptionalFeature feature);

  /** Returns figures of the connections to a server. */
  default RemoteStore.Figures figures() {
    return RemoteStore.Figures.NONE;
  }

  /** Returns the driver's object of a type, or {@code null} if there is none. */
  <T> @Nullable T unwrap(Class<T> type);

  /** Releases what the caches share; they are closed by now. */
  @Override
  void close();
}
