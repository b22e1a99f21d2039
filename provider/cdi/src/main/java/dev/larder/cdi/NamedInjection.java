package dev.larder.cdi;

import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The injection of a cache by its name.
 *
 * @param point where it is injected
 */
record NamedInjection(String cacheName, Class<?> keyType, Class<?> valueType, String point) {

  /**
   * Reads an injection point with {@link CacheName}.
   *
   * @param point null where the container has none, as in OpenWebBeans for {@code
   *     SeContainer.select}
   * @throws DefinitionException if it names no cache
   */
  static NamedInjection of(@Nullable InjectionPoint point) {
    if (point == null) {
      throw new DefinitionException(
          "this container tells nobody what is selected here; inject @Any Instance<Cache<K, V>>,"
              + " and select from that");
    }
    for (var qualifier : point.getQualifiers()) {
      if (qualifier instanceof CacheName name && !name.value().isEmpty()) {
        return of(name.value(), point);
      }
    }
    throw new DefinitionException(point + ": @CacheName must name a cache");
  }

  private static NamedInjection of(String name, InjectionPoint point) {
    return point.getType() instanceof ParameterizedType type
            && type.getActualTypeArguments().length == 2
        ? new NamedInjection(
            name,
            raw(type.getActualTypeArguments()[0]),
            raw(type.getActualTypeArguments()[1]),
            point.toString())
        : new NamedInjection(name, Object.class, Object.class, point.toString());
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    if (type instanceof ParameterizedType parameterized) {
      return raw(parameterized.getRawType());
    }
    return type instanceof GenericArrayType array
        ? Array.newInstance(raw(array.getGenericComponentType()), 0).getClass()
        : Object.class;
  }

  /** Returns the cache, with the types of the injection point. */
  @SuppressWarnings("unchecked") // the types were compared with the cache's
  <K, V> Cache<K, V> open(Caches caches) {
    return (Cache<K, V>) caches.open(cacheName, keyType, valueType, point);
  }
}
