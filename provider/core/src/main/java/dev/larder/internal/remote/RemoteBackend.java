package dev.larder.internal.remote;

import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.spi.RemoteStore;
import java.util.List;
import javax.cache.configuration.OptionalFeature;

/** Keeps entries in a {@link RemoteStore} that all caches of a manager share. */
public final class RemoteBackend implements Backend {
  private final RemoteStore store;
  private final String namespace;
  private final ClassLoader classLoader;

  /**
   * Makes a backend of a store, which is closed with it.
   *
   * @param namespace stands before all keys; empty for none
   * @param classLoader finds the classes of keys and values
   */
  public RemoteBackend(RemoteStore store, String namespace, ClassLoader classLoader) {
    this.store = store;
    this.namespace = namespace;
    this.classLoader = classLoader;
  }

  @Override
  public <K, V> Engine<K, V> open(EngineParts<K, V> parts) {
    LarderConfiguration<K, V> configuration = parts.configuration();
    refuseBound(parts.cacheName(), "maxEntries", configuration.maxEntries());
    refuseBound(parts.cacheName(), "maxWeight", configuration.maxWeight());
    JdkSerialization serialization =
        new JdkSerialization(
            parts.cacheName(),
            classLoader,
            List.of(configuration.getKeyType(), configuration.getValueType()));
    KeyCodec<K> keys =
        new KeyCodec<>(namespace, parts.cacheName(), configuration.getKeyType(), serialization);
    return new RemoteEngine<>(
        parts, store, keys, valueCodec(configuration.getValueType(), serialization));
  }

  private static void refuseBound(String cacheName, String setting, long bound) {
    if (bound != Long.MAX_VALUE) {
      throw new UnsupportedOperationException(
          ("cache '%s': %s is %d, but only caches in memory are bounded by it; leave it out,"
                  + " and let entries expire or bound the server (maxmemory of Redis)")
              .formatted(cacheName, setting, bound));
    }
  }

  @SuppressWarnings("unchecked") // V is byte[] there
  private static <V> Codec<V> valueCodec(Class<V> type, JdkSerialization serialization) {
    if (type == byte[].class) {
      return (Codec<V>) new BytesCodec();
    }
    Codec<V> text =
        type == String.class || Number.class.isAssignableFrom(type) ? TextCodec.of(type) : null;
    return text == null ? new EnvelopeCodec<>(type, serialization) : text;
  }

  @Override
  public boolean supports(OptionalFeature feature) {
    return false;
  }

  @Override
  public void close() {
    store.close();
  }
}
