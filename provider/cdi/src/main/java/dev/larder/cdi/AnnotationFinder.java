package dev.larder.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;

/**
 * Finds the annotations that hold for the methods of a bean.
 *
 * <p>Those on a method are its own; else those on the class hold for it, or on the class's
 * stereotypes. What an interceptor binding is annotated with stands in its place, as in CDI.
 */
final class AnnotationFinder {
  private final BeanManager beans;

  AnnotationFinder(BeanManager beans) {
    this.beans = beans;
  }

  /** Returns details of every annotation that holds for some method of a type. */
  List<MethodDetails<?>> details(AnnotatedType<?> type) {
    var ofClass = expanded(type.getAnnotations());
    var defaults = Defaults.of(type.getJavaClass(), ofClass.values());
    var details = new ArrayList<MethodDetails<?>>();
    for (AnnotatedMethod<?> method : type.getMethods()) {
      if (method.getJavaMember().isBridge()) {
        continue;
      }
      var own = expanded(method.getAnnotations());
      own.keySet().retainAll(Attributes.TYPES);
      for (Annotation annotation : own.values()) {
        details.add(new MethodDetails<>(type.getJavaClass(), method, annotation, defaults));
      }
      if (own.isEmpty() && isIntercepted(method.getJavaMember())) {
        for (var each : Attributes.TYPES) {
          var annotation = ofClass.get(each);
          if (annotation != null) {
            var candidate = new MethodDetails<>(type.getJavaClass(), method, annotation, defaults);
            if (isMeant(candidate)) {
              details.add(candidate);
            }
          }
        }
      }
    }
    return details;
  }

  private static boolean isIntercepted(Method method) {
    return (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0
        && method.getDeclaringClass() != Object.class;
  }

  /** An annotation on a class is not meant for methods that it cannot hold for. */
  private static boolean isMeant(MethodDetails<?> details) {
    var annotation = details.getCacheAnnotation();
    if (annotation instanceof CacheResult || annotation instanceof Cached) {
      return details.getMethod().getReturnType() != void.class;
    }
    return annotation instanceof CachePut
        ? !details.valueParameters().isEmpty()
        : !(annotation instanceof MultiCached);
  }

  /** Adds what stereotypes and interceptor bindings stand for; the nearest of a type stays. */
  private Map<Class<? extends Annotation>, Annotation> expanded(
      Collection<Annotation> annotations) {
    var all = new LinkedHashMap<Class<? extends Annotation>, Annotation>();
    Collection<Annotation> level = annotations;
    while (!level.isEmpty()) {
      var next = new ArrayList<Annotation>();
      for (Annotation annotation : level) {
        if (all.putIfAbsent(annotation.annotationType(), annotation) == null) {
          next.addAll(meaning(annotation.annotationType()));
        }
      }
      level = next;
    }
    return all;
  }

  private Set<Annotation> meaning(Class<? extends Annotation> type) {
    if (Attributes.TYPES.contains(type)) {
      return Set.of();
    }
    if (beans.isStereotype(type)) {
      return beans.getStereotypeDefinition(type);
    }
    return beans.isInterceptorBinding(type)
        ? beans.getInterceptorBindingDefinition(type)
        : Set.of();
  }
}
