package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import javax.cache.annotation.CachePut;
import org.jspecify.annotations.Nullable;

/**
 * Puts an argument into the cache. Null, which no cache can hold, removes what was there.
 *
 * <p>It comes before the interceptors of transactions, so that the change follows the commit.
 */
@Interceptor
@CachePut
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CachePutInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the container gives a proxy that it can serialize
  private final CachedMethods methods;

  @Inject
  CachePutInterceptor(CachedMethods methods) {
    this.methods = methods;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext call) throws Exception {
    return CacheChange.around(methods.find(CachePut.class, call), call, CachePutInterceptor::put);
  }

  private static void put(CachedMethod<CachePut> method, Invocation<CachePut> invocation) {
    var cache = method.cache(invocation);
    var key = method.key(invocation);
    Object value = invocation.value();
    if (value == null) {
      cache.remove(key);
    } else {
      cache.put(key, value);
    }
  }
}
