package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** What a call of a method changes in its cache, before or after. */
@FunctionalInterface
interface CacheChange<A extends Annotation> {
  void make(CachedMethod<A> method, Invocation<A> invocation);

  /** Proceeds with a call, and makes a change when the method's annotation says. */
  static <A extends Annotation> @Nullable Object around(
      @Nullable CachedMethod<A> method, InvocationContext call, CacheChange<A> change)
      throws Exception {
    if (method == null) {
      return call.proceed();
    }
    var attributes = method.details().attributes();
    var invocation = method.invocation(call);
    if (!attributes.afterInvocation()) {
      change.make(method, invocation);
      return call.proceed();
    }
    return Ending.of(
        call,
        method.details().isDeferred(),
        (value, thrown) -> {
          if (thrown == null || attributes.exceptions().chooses(thrown)) {
            change.make(method, invocation);
          }
        });
  }
}
