package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import javax.cache.annotation.CacheRemove;
import org.jspecify.annotations.Nullable;

/**
 * Removes the entry that a call's arguments are the key of.
 *
 * <p>It comes before the interceptors of transactions, so that the change follows the commit.
 */
@Interceptor
@CacheRemove
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CacheRemoveInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the container gives a proxy that it can serialize
  private final CachedMethods methods;

  @Inject
  CacheRemoveInterceptor(CachedMethods methods) {
    this.methods = methods;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext call) throws Exception {
    return CacheChange.around(
        methods.find(CacheRemove.class, call), call, CacheRemoveInterceptor::remove);
  }

  private static void remove(CachedMethod<CacheRemove> method, Invocation<CacheRemove> invocation) {
    method.cache(invocation).remove(method.key(invocation));
  }
}
