package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** What the interceptors of Larder's own annotations do. */
interface Decorators {
  /** Proceeds with a call of a method with {@link Cached} if its result is not kept. */
  @Nullable Object cached(InvocationContext call) throws Exception;

  /** Proceeds with a call of a method with {@link MultiCached} for what is not kept. */
  @Nullable Object multiCached(InvocationContext call) throws Exception;
}
