package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method, as the resolvers and key generators of applications see it.
 *
 * @param <A> the type of the annotation
 */
final class Invocation<A extends Annotation> implements CacheKeyInvocationContext<A> {
  private final MethodDetails<A> details;
  private final InvocationContext call;
  private final @Nullable Object[] arguments;

  Invocation(MethodDetails<A> details, InvocationContext call) {
    this.details = details;
    this.call = call;
    this.arguments = call.getParameters().clone();
  }

  @Override
  public Object getTarget() {
    return call.getTarget();
  }

  @Override
  public CacheInvocationParameter[] getAllParameters() {
    return arguments(details.parameters());
  }

  @Override
  public CacheInvocationParameter[] getKeyParameters() {
    return arguments(details.keyParameters());
  }

  @Override
  public @Nullable CacheInvocationParameter getValueParameter() {
    var parameters = arguments(details.valueParameters());
    return parameters.length == 0 ? null : parameters[0];
  }

  private CacheInvocationParameter[] arguments(List<MethodParameter> parameters) {
    return parameters.stream()
        .map(parameter -> new Argument(parameter, arguments[parameter.position()]))
        .toArray(CacheInvocationParameter[]::new);
  }

  /** Returns the default key. */
  MethodKey key() {
    return details.key(arguments);
  }

  /** Returns what is to be put, of a method that has a parameter for that. */
  @Nullable Object value() {
    return arguments[details.valueParameters().get(0).position()];
  }

  @Override
  public Method getMethod() {
    return details.getMethod();
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return details.getAnnotations();
  }

  @Override
  public A getCacheAnnotation() {
    return details.getCacheAnnotation();
  }

  @Override
  public String getCacheName() {
    return details.getCacheName();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(call)) {
      return type.cast(call);
    }
    throw new IllegalArgumentException(
        "an invocation of " + details + " is no " + type.getName() + ", nor does it wrap one");
  }

  /** A parameter and what was given for it. */
  private record Argument(MethodParameter parameter, @Nullable Object value)
      implements CacheInvocationParameter {
    @Override
    public Class<?> getRawType() {
      return parameter.type();
    }

    @Override
    public @Nullable Object getValue() {
      return value;
    }

    @Override
    public Set<Annotation> getAnnotations() {
      return parameter.annotations();
    }

    @Override
    public int getParameterPosition() {
      return parameter.position();
    }
  }
}
