package dev.larder.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** The methods of one deployment, each made ready at its first call. */
final class DeployedMethods implements CachedMethods {
  private final BeanManager beans;
  private final Map<Class<?>, List<MethodDetails<?>>> deployed;
  private final Instances instances;
  private final Caches caches;
  private final ConcurrentHashMap<Class<?>, Map<Method, List<MethodDetails<?>>>> known =
      new ConcurrentHashMap<>();
  private final Lazily<MethodDetails<?>, CachedMethod<?>> ready = new Lazily<>(method -> true);

  /**
   * Creates the registry.
   *
   * @param deployed the methods of each class of beans
   */
  DeployedMethods(
      BeanManager beans,
      Map<Class<?>, List<MethodDetails<?>>> deployed,
      Instances instances,
      Caches caches) {
    this.beans = beans;
    this.deployed = deployed;
    this.instances = instances;
    this.caches = caches;
  }

  @Override
  public <A extends Annotation> @Nullable CachedMethod<A> find(
      Class<A> type, InvocationContext call) {
    var targetClass = call.getTarget().getClass();
    var methods = known.get(targetClass);
    if (methods == null) {
      methods = known.computeIfAbsent(targetClass, this::methods);
    }
    for (var details : methods.getOrDefault(call.getMethod(), List.of())) {
      if (type.isInstance(details.getCacheAnnotation())) {
        @SuppressWarnings("unchecked") // it has an annotation of that type
        var found = (CachedMethod<A>) ready.get(details, this::prepared);
        return found;
      }
    }
    return null;
  }

  private Map<Method, List<MethodDetails<?>>> methods(Class<?> targetClass) {
    Class<?> beanClass = targetClass;
    while (beanClass.isSynthetic()) {
      beanClass = beanClass.getSuperclass(); // The container's subclasses intercept.
    }
    var found = deployed.get(beanClass);
    if (found == null) { // an object of an InterceptionFactory
      found = new AnnotationFinder(beans).details(beans.createAnnotatedType(beanClass));
    }
    var methods = new HashMap<Method, List<MethodDetails<?>>>();
    for (var details : found) {
      methods.merge(details.getMethod(), List.of(details), DeployedMethods::joined);
    }
    return Map.copyOf(methods);
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private <A extends Annotation> CachedMethod<A> prepared(MethodDetails<A> details) {
    CacheResolverFactory factory =
        details.resolverFactory() == CacheResolverFactory.class
            ? null
            : instances.of(details.resolverFactory());
    return new CachedMethod<>(
        details,
        factory == null
            ? named(details.getCacheName(), details)
            : factory.getCacheResolver(details),
        exceptionResolver(details, factory),
        details.keyGenerator() == CacheKeyGenerator.class
            ? null
            : instances.of(details.keyGenerator()));
  }

  @SuppressWarnings("unchecked") // it has an annotation of that type
  private @Nullable CacheResolver exceptionResolver(
      MethodDetails<?> details, @Nullable CacheResolverFactory factory) {
    if (!(details.getCacheAnnotation() instanceof CacheResult result)
        || result.exceptionCacheName().isEmpty()) {
      return null;
    }
    return factory == null
        ? named(result.exceptionCacheName(), details)
        : factory.getExceptionCacheResolver((MethodDetails<CacheResult>) details);
  }

  private CacheResolver named(String name, MethodDetails<?> details) {
    return new NamedCacheResolver(() -> caches.open(name, Object.class, Object.class, details));
  }
}
