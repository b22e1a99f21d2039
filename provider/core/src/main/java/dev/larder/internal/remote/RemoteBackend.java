package dev.larder.internal.remote;

import dev.larder.LarderConfiguration;
import dev.larder.Undecodable;
import dev.larder.internal.copy.IdentitySerializer;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Serializer;
import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.OptionalFeature;
import org.jspecify.annotations.Nullable;

/** Keeps entries in a {@link RemoteStore} that all caches of a manager share. */
public final class RemoteBackend implements Backend {
  private final RemoteStore store;
  private final String namespace;
  private final Undecodable undecodable;
  private final ClassLoader classLoader;

  /**
   * Makes a backend of a store, which is closed with it.
   *
   * @param namespace stands before all keys; empty for none
   * @param undecodable what becomes of undecodable values where a cache does not say
   * @param classLoader finds the classes of keys and values
   */
  public RemoteBackend(
      RemoteStore store, String namespace, Undecodable undecodable, ClassLoader classLoader) {
    this.store = store;
    this.namespace = namespace;
    this.undecodable = undecodable;
    this.classLoader = classLoader;
  }

  @Override
  public <K, V> Engine<K, V> open(EngineParts<K, V> parts) {
    LarderConfiguration<K, V> configuration = parts.configuration();
    refuseWeight(parts.cacheName(), configuration.maxWeight());
    JdkSerialization serialization =
        new JdkSerialization(
            parts.cacheName(),
            classLoader,
            declared(configuration),
            configuration.allowedClasses());
    KeyCodec<K> keys =
        new KeyCodec<>(namespace, parts.cacheName(), configuration.getKeyType(), serialization);
    Codec<V> values =
        valueCodec(
            parts.cacheName(),
            configuration.getValueType(),
            configuration.serializer(),
            serialization);
    Undecodable own = configuration.undecodable();
    RemoteEngine<K, V> engine =
        new RemoteEngine<>(parts, store, keys, values, own == null ? undecodable : own);
    engine.bound(configuration);
    return engine;
  }

  @Override
  public RemoteBackend inNamespace(String other) {
    return new RemoteBackend(store, other, undecodable, classLoader);
  }

  private static List<Class<?>> declared(LarderConfiguration<?, ?> configuration) {
    List<Class<?>> declared =
        new ArrayList<>(List.of(configuration.getKeyType(), configuration.getValueType()));
    if (configuration.serializer() instanceof JdkSerializer<?> jdk) {
      declared.addAll(jdk.allowed());
    }
    return declared;
  }

  private static void refuseWeight(String cacheName, long bound) {
    if (bound != Long.MAX_VALUE) {
      throw new UnsupportedOperationException(
          ("cache '%s': maxWeight is %d, but only caches in memory are bounded by it; use"
                  + " maxEntries, or bound the server (maxmemory of Redis)")
              .formatted(cacheName, bound));
    }
  }

  /** Returns the codec of a serializer, or of the one that the type suggests. */
  private static <V> Codec<V> valueCodec(
      String cacheName,
      Class<V> type,
      @Nullable Serializer<V> configured,
      JdkSerialization serialization) {
    Serializer<V> serializer = configured == null ? suggestedBy(type) : configured;
    if (serializer instanceof IdentitySerializer) {
      throw new UnsupportedOperationException(
          ("cache '%s': Serializers.identity() keeps objects, and a server only has bytes; leave it"
                  + " out, or choose another serializer")
              .formatted(cacheName));
    }
    return serializer instanceof JdkSerializer
        ? new EnvelopeCodec<>(type, serialization)
        : new SerializerCodec<>(cacheName, type, serializer);
  }

  @SuppressWarnings("unchecked") // V is byte[] there
  private static <V> Serializer<V> suggestedBy(Class<V> type) {
    if (type == byte[].class) {
      return (Serializer<V>) new BytesSerializer();
    }
    boolean text = type == String.class || Number.class.isAssignableFrom(type);
    return text && TextSerializer.isText(type)
        ? new TextSerializer<>(type)
        : new JdkSerializer<>(List.of());
  }

  @Override
  public boolean supports(OptionalFeature feature) {
    return false;
  }

  @Override
  public RemoteStore.Figures figures() {
    return store.figures();
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return store.unwrap(type);
  }

  @Override
  public void close() {
    store.close();
  }
}
