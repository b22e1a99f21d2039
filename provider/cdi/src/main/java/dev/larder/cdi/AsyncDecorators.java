package dev.larder.cdi;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.async.AsyncCache;
import dev.larder.async.Decorator;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Larder's own annotations, by the decorators of {@code larder-async}. */
final class AsyncDecorators implements Decorators {
  private final CachedMethods methods;
  private final Caches caches;
  private final Instances instances;
  private final Lazily<MethodDetails<?>, One> ones = new Lazily<>(one -> !one.cache().isClosed());
  private final Lazily<MethodDetails<?>, Many> manys =
      new Lazily<>(many -> !many.cache().isClosed());

  AsyncDecorators(CachedMethods methods, Caches caches, Instances instances) {
    this.methods = methods;
    this.caches = caches;
    this.instances = instances;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the caller's
  public @Nullable Object cached(InvocationContext call) throws Exception {
    var method = methods.find(Cached.class, call);
    if (method == null) {
      return call.proceed();
    }
    var one = ones.get(method.details(), any -> one(method.details()));
    Object key = key(method, one, call);
    return method.details().isDeferred()
        ? one.decorator().getAsync(key, () -> stage(call)).toCompletableFuture()
        : one.decorator().call(key, call::proceed);
  }

  private static Object key(CachedMethod<Cached> method, One one, InvocationContext call) {
    if (one.template() != null) {
      return one.template().fill(call.getParameters());
    }
    return method.generator() == null
        ? method.details().key(call.getParameters()).within(method.details().signature())
        : method.key(method.invocation(call));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the caller's
  public @Nullable Object multiCached(InvocationContext call) throws Exception {
    var method = methods.find(MultiCached.class, call);
    if (method == null) {
      return call.proceed();
    }
    var details = method.details();
    var many = manys.get(details, any -> many(details));
    @Nullable Object[] arguments = call.getParameters().clone();
    var elements = (Collection<?>) arguments[many.position()];
    if (elements == null) {
      throw new NullPointerException(details + ": the parameter with the keys is null");
    }
    Function<Object, Object> key = element -> many.key(details, arguments, element);
    if (details.isDeferred()) {
      return many.decorator()
          .<Object>decorateAsync(key, missing -> mapStage(proceeding(call, many, missing)))
          .apply(elements)
          .toCompletableFuture();
    }
    try {
      return many.decorator()
          .<Object>decorate(key, missing -> map(proceeding(call, many, missing)))
          .apply(elements);
    } catch (Carried carried) {
      throw carried.carried;
    }
  }

  /** Returns the call with the missing elements in the place of all. */
  private static InvocationContext proceeding(
      InvocationContext call, Many many, Set<Object> missing) {
    @Nullable Object[] arguments = call.getParameters().clone();
    var type = call.getMethod().getParameterTypes()[many.position()];
    arguments[many.position()] = type == List.class ? new ArrayList<>(missing) : missing;
    call.setParameters(arguments);
    return call;
  }

  @SuppressWarnings("unchecked") // so the method is declared; the rules have checked it
  private static CompletionStage<Map<Object, Object>> mapStage(InvocationContext call) {
    return (CompletionStage<Map<Object, Object>>) (CompletionStage<?>) stage(call);
  }

  @SuppressWarnings("unchecked") // so the method is declared; the rules have checked it
  private static CompletionStage<Object> stage(InvocationContext call) {
    try {
      var stage = (CompletionStage<Object>) call.proceed();
      return stage == null ? completedFuture(null) : stage;
    } catch (Exception e) {
      return failedFuture(e);
    }
  }

  @SuppressWarnings("unchecked") // so the method is declared; the rules have checked it
  private static Map<Object, Object> map(InvocationContext call) {
    try {
      return (Map<Object, Object>) call.proceed();
    } catch (Exception e) {
      throw new Carried(e);
    }
  }

  private One one(MethodDetails<Cached> details) {
    Cached annotation = details.getCacheAnnotation();
    Cache<Object, Object> cache = cache(details);
    var decorator =
        configured(
            dev.larder.async.Cached.of(view(cache, annotation.nulls())),
            annotation.timeToLive(),
            annotation.skip(),
            annotation.read(),
            annotation.write(),
            annotation.waitForWrite());
    if (!annotation.lease().isEmpty()) {
      decorator =
          decorator.singleFlight(
              locks(cache.getName(), details), Duration.parse(annotation.lease()));
    } else if (annotation.singleFlight()) {
      decorator = decorator.singleFlight();
    }
    return new One(cache, decorator, template(annotation.key(), details));
  }

  private Many many(MethodDetails<MultiCached> details) {
    MultiCached annotation = details.getCacheAnnotation();
    Cache<Object, Object> cache = cache(details);
    var decorator =
        configured(
            dev.larder.async.MultiCached.of(view(cache, annotation.nulls())),
            annotation.timeToLive(),
            annotation.skip(),
            annotation.read(),
            annotation.write(),
            annotation.waitForWrite());
    return new Many(
        cache,
        decorator,
        template(annotation.key(), details),
        KeyTemplate.position(annotation.keys(), details.getMethod()));
  }

  private <D extends Decorator<Object, Object, D>> D configured(
      D decorator,
      String timeToLive,
      Class<? extends SkipRule> skip,
      boolean read,
      boolean write,
      boolean waitForWrite) {
    D configured = decorator;
    if (!timeToLive.isEmpty()) {
      configured = configured.timeToLive(Duration.parse(timeToLive));
    }
    if (skip != SkipRule.class) {
      configured = configured.skip(instances.of(skip)::skips);
    }
    if (!read) {
      configured = configured.withoutReading();
    }
    if (!write) {
      configured = configured.withoutWriting();
    }
    return waitForWrite ? configured : configured.withoutWaitingForWrites();
  }

  private static @Nullable KeyTemplate template(String template, MethodDetails<?> details) {
    return template.isEmpty() ? null : KeyTemplate.parse(template, details.getMethod());
  }

  @SuppressWarnings("unchecked") // keys and values are the method's, as with JSR-107's annotations
  private Cache<Object, Object> cache(MethodDetails<?> details) {
    var cache = (Cache<Object, Object>) caches.existing(details.getCacheName());
    if (cache == null) {
      throw new IllegalStateException(DecoratorRules.missingCache(details));
    }
    return cache;
  }

  @SuppressWarnings("unchecked") // nobody else uses it
  private AsyncCache<Object, String> locks(String name, MethodDetails<?> details) {
    var locks = caches.open(name + "-locks", Object.class, Object.class, details);
    return AsyncCache.of((Cache<Object, String>) locks);
  }

  private static AsyncCache<Object, Object> view(Cache<Object, Object> cache, boolean nulls) {
    AsyncCache<Object, Object> view = AsyncCache.of(cache);
    return nulls ? view.withNulls(NullValue.NULL) : view;
  }

  /** A method that finds one result. */
  private record One(
      Cache<?, ?> cache,
      dev.larder.async.Cached<Object, Object> decorator,
      @Nullable KeyTemplate template) {}

  /** A method that finds many results. */
  private record Many(
      Cache<?, ?> cache,
      dev.larder.async.MultiCached<Object, Object> decorator,
      @Nullable KeyTemplate template,
      int position) {
    Object key(MethodDetails<?> details, @Nullable Object[] arguments, Object element) {
      @Nullable Object[] own = arguments.clone();
      own[position] = element;
      return template == null ? new MethodKey(own).within(details.signature()) : template.fill(own);
    }
  }

  /** Takes an exception of a method through a function that throws none. */
  private static final class Carried extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exception carried;

    Carried(Exception carried) {
      super(carried);
      this.carried = carried;
    }
  }
}
