package dev.larder.internal.engine;

import javax.cache.configuration.OptionalFeature;

/** Where the caches of one manager keep their entries. */
public interface Backend extends AutoCloseable {

  /** Builds the engine of one cache. */
  <K, V> Engine<K, V> open(EngineParts<K, V> parts);

  /** Says whether caches here can have an optional feature of JSR-107. */
  boolean supports(OptionalFeature feature);

  /** Releases what the caches share; they are closed by now. */
  @Override
  void close();
}
