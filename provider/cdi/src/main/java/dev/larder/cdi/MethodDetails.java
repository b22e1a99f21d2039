package dev.larder.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one annotation of a method before it is called.
 *
 * @param <A> the annotation's type
 */
final class MethodDetails<A extends Annotation> implements CacheMethodDetails<A> {
  private final Method method;
  private final Set<Annotation> annotations;
  private final A annotation;
  private final Attributes attributes;
  private final String signature;
  private final String cacheName;
  private final Class<? extends CacheResolverFactory> resolverFactory;
  private final Class<? extends CacheKeyGenerator> keyGenerator;
  private final List<MethodParameter> parameters;
  private final List<MethodParameter> keyParameters;
  private final List<MethodParameter> valueParameters;

  /**
   * Creates the details.
   *
   * @param beanClass the class of the bean, the method's or one that inherits it
   */
  MethodDetails(Class<?> beanClass, AnnotatedMethod<?> method, A annotation, Defaults defaults) {
    this.method = method.getJavaMember();
    this.annotations = Set.copyOf(method.getAnnotations());
    this.annotation = annotation;
    this.attributes = Attributes.of(annotation);
    this.signature = signature(beanClass, this.method);
    this.cacheName =
        Stream.of(attributes.cacheName(), defaults.cacheName())
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse(Attributes.isOwn(annotation) ? Caches.DEFAULT : signature);
    this.resolverFactory =
        attributes.resolverFactory() == CacheResolverFactory.class
            ? defaults.resolverFactory()
            : attributes.resolverFactory();
    this.keyGenerator =
        attributes.keyGenerator() == CacheKeyGenerator.class
            ? defaults.keyGenerator()
            : attributes.keyGenerator();
    this.parameters = method.getParameters().stream().map(MethodParameter::of).toList();
    this.valueParameters = parameters.stream().filter(p -> p.has(CacheValue.class)).toList();
    var keys = parameters.stream().filter(p -> p.has(CacheKey.class)).toList();
    this.keyParameters =
        keys.isEmpty() ? parameters.stream().filter(p -> !p.has(CacheValue.class)).toList() : keys;
  }

  private static String signature(Class<?> type, Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(Collectors.joining(",", type.getName() + "." + method.getName() + "(", ")"));
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public A getCacheAnnotation() {
    return annotation;
  }

  @Override
  public String getCacheName() {
    return cacheName;
  }

  Attributes attributes() {
    return attributes;
  }

  /** Returns the factory's class, or {@link CacheResolverFactory} itself for the default one. */
  Class<? extends CacheResolverFactory> resolverFactory() {
    return resolverFactory;
  }

  /** Returns the generator's class, or {@link CacheKeyGenerator} itself for the default one. */
  Class<? extends CacheKeyGenerator> keyGenerator() {
    return keyGenerator;
  }

  List<MethodParameter> parameters() {
    return parameters;
  }

  /** Returns the parameters that make up the key. */
  List<MethodParameter> keyParameters() {
    return keyParameters;
  }

  /** Returns the parameters with {@link CacheValue}, of which one is legal. */
  List<MethodParameter> valueParameters() {
    return valueParameters;
  }

  /** Returns the default key for arguments of the method. */
  MethodKey key(@Nullable Object[] arguments) {
    @Nullable Object[] chosen = new Object[keyParameters.size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = arguments[keyParameters.get(i).position()];
    }
    return new MethodKey(chosen);
  }

  /** Returns the names of the bean's class, the method and the types of its parameters. */
  String signature() {
    return signature;
  }

  /** Says whether the method is declared to return a stage, whose value is what is cached. */
  boolean isDeferred() {
    return CompletionStage.class.isAssignableFrom(method.getReturnType());
  }

  /** The annotation and the method, as messages name them. */
  @Override
  public String toString() {
    return "@"
        + annotation.annotationType().getSimpleName()
        + " on "
        + signature(method.getDeclaringClass(), method);
  }
}
