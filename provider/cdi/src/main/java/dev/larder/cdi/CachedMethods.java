package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** The methods of beans that use caches. */
interface CachedMethods {
  /** Returns a called method with the annotation of a type that holds for it, or null if none. */
  <A extends Annotation> @Nullable CachedMethod<A> find(Class<A> type, InvocationContext call);
}
