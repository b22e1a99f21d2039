package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * A method with one of its annotations, ready to be called.
 *
 * @param details what is known of it
 * @param resolver finds the cache
 * @param exceptionResolver finds the cache of exceptions, null if they are not cached
 * @param generator makes keys, null for the default ones
 * @param <A> the annotation's type
 */
record CachedMethod<A extends Annotation>(
    MethodDetails<A> details,
    CacheResolver resolver,
    @Nullable CacheResolver exceptionResolver,
    @Nullable CacheKeyGenerator generator) {

  A annotation() {
    return details.getCacheAnnotation();
  }

  /** Describes a call, whose arguments are those of this moment. */
  Invocation<A> invocation(InvocationContext call) {
    return new Invocation<>(details, call);
  }

  GeneratedCacheKey key(Invocation<A> invocation) {
    if (generator == null) {
      return invocation.key();
    }
    var key = generator.generateCacheKey(invocation);
    if (key == null) {
      throw new CacheException(details + ": " + generator.getClass().getName() + " gave no key");
    }
    return key;
  }

  Cache<Object, Object> cache(Invocation<A> invocation) {
    return resolved(resolver, invocation);
  }

  /** Returns the cache of exceptions, or null if they are not cached. */
  @Nullable Cache<Object, Object> exceptionCache(Invocation<A> invocation) {
    return exceptionResolver == null ? null : resolved(exceptionResolver, invocation);
  }

  private Cache<Object, Object> resolved(CacheResolver by, Invocation<A> invocation) {
    Cache<Object, Object> cache = by.resolveCache(invocation);
    if (cache == null) {
      throw new CacheException(details + ": " + by.getClass().getName() + " gave no cache");
    }
    return cache;
  }
}
