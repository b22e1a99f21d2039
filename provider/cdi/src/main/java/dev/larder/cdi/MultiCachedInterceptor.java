package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what methods with {@link MultiCached} return.
 *
 * <p>It comes after the interceptors of applications: those that check who calls are not bypassed.
 */
@Interceptor
@MultiCached(keys = "")
@Priority(Interceptor.Priority.LIBRARY_AFTER)
class MultiCachedInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // the container gives a proxy that it can serialize
  private final Decorators decorators;

  @Inject
  MultiCachedInterceptor(Decorators decorators) {
    this.decorators = decorators;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext call) throws Exception {
    return decorators.multiCached(call);
  }
}
