package dev.larder.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** What a method with an annotation must be like, checked when the application is deployed. */
final class Rules {
  private final BeanManager beans;
  private final DecoratorRules own;

  Rules(BeanManager beans) {
    this.beans = beans;
    this.own = new DecoratorRules(this);
  }

  /** Returns what is wrong with a method, each naming annotation, class and method. */
  List<String> problems(MethodDetails<?> details) {
    var problems = new ArrayList<@Nullable String>();
    problems.add(modifierProblem(details));
    if (details.getCacheAnnotation() instanceof CacheResult result) {
      problems.add(resultProblem(details.getMethod(), result.exceptionCacheName().isEmpty()));
    }
    if (details.getCacheAnnotation() instanceof CachePut) {
      problems.add(valueProblem(details.valueParameters()));
    }
    if (Attributes.isOwn(details.getCacheAnnotation())) {
      problems.addAll(own.problems(details));
    }
    if (details.resolverFactory() != CacheResolverFactory.class) {
      problems.add(instanceProblem(details.resolverFactory()));
    }
    if (details.keyGenerator() != CacheKeyGenerator.class) {
      problems.add(instanceProblem(details.keyGenerator()));
    }
    return problems.stream()
        .filter(problem -> problem != null)
        .map(problem -> details + ": " + problem)
        .toList();
  }

  private static @Nullable String modifierProblem(MethodDetails<?> details) {
    int modifiers = details.getMethod().getModifiers();
    for (int modifier : List.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)) {
      if ((modifiers & modifier) != 0) {
        return "a " + Modifier.toString(modifier) + " method is not intercepted; make it public";
      }
    }
    return null;
  }

  /**
   * Says why what a method returns cannot be cached.
   *
   * @param needsResult whether a method that returns nothing has nothing to cache
   */
  static @Nullable String resultProblem(Method method, boolean needsResult) {
    var type = method.getReturnType();
    if (type == void.class && needsResult) {
      return "the method returns nothing that could be cached";
    }
    if (CompletionStage.class.isAssignableFrom(type)) {
      return isStage(type)
          ? null
          : "a result from the cache is a CompletableFuture, which is no " + type.getName();
    }
    return isOfTheMoment(type)
        ? "a "
            + type.getName()
            + " gives its values once and cannot be cached; return the value, or a CompletionStage"
        : null;
  }

  private static @Nullable String valueProblem(List<MethodParameter> parameters) {
    if (parameters.size() != 1) {
      return "one parameter must have @CacheValue, not " + parameters.size();
    }
    var type = parameters.get(0).type();
    return isOfTheMoment(type) || CompletionStage.class.isAssignableFrom(type)
        ? "the parameter with @CacheValue is a " + type.getName() + ", which cannot be cached"
        : null;
  }

  /** Says whether a type is one of those by which results from caches are given as stages. */
  static boolean isStage(Class<?> type) {
    return CompletionStage.class.isAssignableFrom(type)
        && type.isAssignableFrom(CompletableFuture.class);
  }

  private static boolean isOfTheMoment(Class<?> type) {
    return Future.class.isAssignableFrom(type)
        || Flow.Publisher.class.isAssignableFrom(type)
        || BaseStream.class.isAssignableFrom(type)
        || isPublisher(type);
  }

  /** Looks by name for what Reactor's and RxJava's types implement, and for Mutiny's. */
  private static boolean isPublisher(@Nullable Class<?> type) {
    if (type == null) {
      return false;
    }
    if (type.getName().equals("org.reactivestreams.Publisher")
        || type.getName().equals("io.smallrye.mutiny.Uni")) {
      return true;
    }
    for (var parent : type.getInterfaces()) {
      if (isPublisher(parent)) {
        return true;
      }
    }
    return isPublisher(type.getSuperclass());
  }

  /** Says why there can be no object of a class that an annotation names. */
  @Nullable String instanceProblem(Class<?> type) {
    if (!beans.getBeans(type, Any.Literal.INSTANCE).isEmpty()) {
      return null;
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return type.getName() + " is no bean, and is abstract";
    }
    return Arrays.stream(type.getDeclaredConstructors())
            .anyMatch(constructor -> constructor.getParameterCount() == 0)
        ? null
        : type.getName() + " is no bean, and has no constructor without parameters";
  }
}
