package dev.larder.async;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.cache.Cache;

/**
 * A cache whose operations tests can hold up, observe or replace; it passes for another provider's.
 */
final class InterceptedCache {
  private InterceptedCache() {}

  /** Sees an operation before the cache does. */
  interface Interceptor {
    /** Returns whether the cache is to carry the operation out; if not, its result is null. */
    boolean before(String operation, Object[] arguments) throws Exception;
  }

  @SuppressWarnings("unchecked") // a proxy's class is not generic
  static <K, V> Cache<K, V> of(Cache<K, V> cache, Interceptor interceptor) {
    return (Cache<K, V>)
        Proxy.newProxyInstance(
            InterceptedCache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("unwrap")) {
                throw new IllegalArgumentException("nothing is behind this cache");
              }
              if (!interceptor.before(method.getName(), arguments)) {
                return null;
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
