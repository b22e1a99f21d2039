package dev.larder.cdi;

import java.lang.annotation.Annotation;
import java.util.List;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * What the annotations have in common.
 *
 * @param cacheName the cache's name, or empty
 * @param resolverFactory the factory's class, or {@link CacheResolverFactory} itself for none
 * @param keyGenerator the generator's class, or {@link CacheKeyGenerator} itself for none
 * @param afterInvocation whether the cache is changed after the method has ended
 * @param exceptions after which exceptions of the method the cache is changed
 */
record Attributes(
    String cacheName,
    Class<? extends CacheResolverFactory> resolverFactory,
    Class<? extends CacheKeyGenerator> keyGenerator,
    boolean afterInvocation,
    ExceptionFilter exceptions) {

  /** The annotations of JSR-107 that make a method use a cache. */
  static final List<Class<? extends Annotation>> STANDARD =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  /** All annotations that make a method use a cache. */
  static final List<Class<? extends Annotation>> TYPES =
      List.of(
          CacheResult.class,
          CachePut.class,
          CacheRemove.class,
          CacheRemoveAll.class,
          Cached.class,
          MultiCached.class);

  static Attributes of(Annotation annotation) {
    if (annotation instanceof CacheResult result) {
      return new Attributes(
          result.cacheName(),
          result.cacheResolverFactory(),
          result.cacheKeyGenerator(),
          true,
          ExceptionFilter.of(result.cachedExceptions(), result.nonCachedExceptions(), true));
    }
    if (annotation instanceof CachePut put) {
      return new Attributes(
          put.cacheName(),
          put.cacheResolverFactory(),
          put.cacheKeyGenerator(),
          put.afterInvocation(),
          ExceptionFilter.of(put.cacheFor(), put.noCacheFor(), false));
    }
    if (annotation instanceof CacheRemove remove) {
      return new Attributes(
          remove.cacheName(),
          remove.cacheResolverFactory(),
          remove.cacheKeyGenerator(),
          remove.afterInvocation(),
          ExceptionFilter.of(remove.evictFor(), remove.noEvictFor(), false));
    }
    if (annotation instanceof CacheRemoveAll removeAll) {
      return new Attributes(
          removeAll.cacheName(),
          removeAll.cacheResolverFactory(),
          CacheKeyGenerator.class,
          removeAll.afterInvocation(),
          ExceptionFilter.of(removeAll.evictFor(), removeAll.noEvictFor(), false));
    }
    if (annotation instanceof Cached cached) {
      return own(cached.cacheName(), cached.keyGenerator());
    }
    if (annotation instanceof MultiCached cached) {
      return own(cached.cacheName(), CacheKeyGenerator.class);
    }
    throw new IllegalArgumentException(annotation + " is none of " + TYPES);
  }

  private static Attributes own(String cacheName, Class<? extends CacheKeyGenerator> generator) {
    return new Attributes(
        cacheName,
        CacheResolverFactory.class,
        generator,
        true,
        new ExceptionFilter(List.of(), List.of(), false));
  }

  /** Says whether an annotation is one of Larder's own. */
  static boolean isOwn(Annotation annotation) {
    return annotation instanceof Cached || annotation instanceof MultiCached;
  }
}
