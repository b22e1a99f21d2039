package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls from the cache, and caches what methods return or throw.
 *
 * <p>It comes after the interceptors of applications: those that check who calls are not bypassed.
 */
@Interceptor
@CacheResult
@Priority(Interceptor.Priority.LIBRARY_AFTER)
class CacheResultInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the container gives a proxy that it can serialize
  private final CachedMethods methods;

  @Inject
  CacheResultInterceptor(CachedMethods methods) {
    this.methods = methods;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext call) throws Exception {
    var method = methods.find(CacheResult.class, call);
    if (method == null) {
      return call.proceed();
    }
    var invocation = method.invocation(call);
    var key = method.key(invocation);
    var cache = method.cache(invocation);
    var exceptions = method.exceptionCache(invocation);
    boolean deferred = method.details().isDeferred();
    if (!method.annotation().skipGet()) {
      Object cached = cache.get(key);
      if (cached != null) {
        return deferred ? CompletableFuture.completedFuture(cached) : cached;
      }
      if (exceptions != null && exceptions.get(key) instanceof Throwable thrown) {
        return failure(thrown, deferred);
      }
    }
    return Ending.of(
        call, deferred, (value, thrown) -> keep(method, key, cache, exceptions, value, thrown));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is the caller's
  private static Object failure(Throwable thrown, boolean deferred) throws Exception {
    if (deferred) {
      return CompletableFuture.failedFuture(thrown);
    }
    if (thrown instanceof Exception exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new UndeclaredThrowableException(thrown);
  }

  private static void keep(
      CachedMethod<CacheResult> method,
      GeneratedCacheKey key,
      Cache<Object, Object> cache,
      @Nullable Cache<Object, Object> exceptions,
      @Nullable Object value,
      @Nullable Throwable thrown) {
    if (thrown != null) {
      if (exceptions != null && method.details().attributes().exceptions().chooses(thrown)) {
        exceptions.put(key, thrown);
      }
    } else if (value != null && !(value instanceof CompletionStage)) {
      cache.put(key, value);
    }
  }
}
