package dev.larder.cdi;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/** Resolves to one cache, which it looks up at the first call and whenever it was closed. */
final class NamedCacheResolver implements CacheResolver {
  private final Supplier<Cache<?, ?>> lookup;
  private volatile @Nullable Cache<?, ?> cache;

  NamedCacheResolver(Supplier<Cache<?, ?>> lookup) {
    this.lookup = lookup;
  }

  @Override
  @SuppressWarnings("unchecked") // the caller names the types, as with CacheManager.getCache
  public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
    Cache<?, ?> current = cache;
    if (current == null || current.isClosed()) {
      current = lookup.get();
      cache = current;
    }
    return (Cache<K, V>) current;
  }
}
