package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import javax.cache.annotation.CacheRemoveAll;
import org.jspecify.annotations.Nullable;

/**
 * Removes all entries.
 *
 * <p>It comes before the interceptors of transactions, so that the change follows the commit.
 */
@Interceptor
@CacheRemoveAll
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CacheRemoveAllInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the container gives a proxy that it can serialize
  private final CachedMethods methods;

  @Inject
  CacheRemoveAllInterceptor(CachedMethods methods) {
    this.methods = methods;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext call) throws Exception {
    return CacheChange.around(
        methods.find(CacheRemoveAll.class, call), call, CacheRemoveAllInterceptor::removeAll);
  }

  private static void removeAll(
      CachedMethod<CacheRemoveAll> method, Invocation<CacheRemoveAll> invocation) {
    method.cache(invocation).removeAll();
  }
}
