package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.jackson.JacksonSerializer;
import dev.larder.spi.Serializer;
import java.net.URI;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** The backends and serializers of aiocache. */
final class AiocacheSerializers {
  private AiocacheSerializers() {}

  // region
  static CacheManager backend(String uri) { // memory:name, redis://…, memcached://…
    return Caching.getCachingProvider().getCacheManager(URI.create(uri), null);
  }

  static <V> Cache<String, V> create(
      CacheManager manager, String name, Class<V> type, Serializer<V> serializer) {
    return manager.createCache(
        name, LarderConfiguration.builder(String.class, type).serializer(serializer).build());
  }

  static List<Cache<String, String>> text(CacheManager manager) {
    return List.of(
        create(manager, "string", String.class, Serializers.string()), //       StringSerializer()
        create(
            manager, "json", String.class, JacksonSerializer.of(String.class)), // JsonSerializer()
        create(manager, "pickle", String.class, Serializers.jdk())); //         PickleSerializer()
  }

  static Cache<String, Object> references(CacheManager inMemory) {
    return create(inMemory, "null", Object.class, Serializers.identity()); //   NullSerializer()
  }
  // endregion
}
