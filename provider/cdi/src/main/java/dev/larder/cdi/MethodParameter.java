package dev.larder.cdi;

import jakarta.enterprise.inject.spi.AnnotatedParameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.util.Set;

/**
 * A parameter of a method.
 *
 * @param position counted from 0
 */
record MethodParameter(int position, Class<?> type, Set<Annotation> annotations) {

  static MethodParameter of(AnnotatedParameter<?> parameter) {
    int position = parameter.getPosition();
    var method = (Executable) parameter.getDeclaringCallable().getJavaMember();
    return new MethodParameter(
        position, method.getParameterTypes()[position], Set.copyOf(parameter.getAnnotations()));
  }

  boolean has(Class<? extends Annotation> annotation) {
    return annotations.stream().anyMatch(annotation::isInstance);
  }
}
