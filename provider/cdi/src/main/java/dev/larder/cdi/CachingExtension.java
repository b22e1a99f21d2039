package dev.larder.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * Gives the caching annotations of JSR-107 their meaning in a CDI container.
 *
 * <p>The container finds it; applications have nothing to do with it. {@code @CacheResult},
 * {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll} become interceptor bindings,
 * and caches can be injected by {@link CacheName}. The caches are those of the application's bean
 * of type {@link CacheManager}. If it has none, there is one: the default manager of the only
 * JCache provider on the class path, closed with the container.
 *
 * <p>What could not work is reported as a problem of the deployment, with the names of annotation,
 * class and method.
 */
public final class CachingExtension implements Extension {
  private static final boolean HAS_ASYNC = isPresent("dev.larder.async.AsyncCache");

  private static final List<Class<?>> BEANS =
      List.of(
          CacheResultInterceptor.class,
          CachePutInterceptor.class,
          CacheRemoveInterceptor.class,
          CacheRemoveAllInterceptor.class,
          CacheProducer.class);

  private final List<AnnotatedType<?>> types = new ArrayList<>();
  private final Map<Class<?>, List<MethodDetails<?>>> methods = new LinkedHashMap<>();
  private final List<InjectionPoint> injections = new ArrayList<>();
  private boolean hasManager;

  /** For the container. */
  public CachingExtension() {}

  void bindInterceptors(@Observes BeforeBeanDiscovery event) {
    // JSR-107's annotations have javax.enterprise.util.Nonbinding, which means nothing here.
    for (var annotation : Attributes.STANDARD) {
      event
          .configureInterceptorBinding(annotation)
          .methods()
          .forEach(attribute -> attribute.add(Nonbinding.Literal.INSTANCE));
    }
    BEANS.forEach(bean -> event.addAnnotatedType(bean, bean.getName()));
    if (HAS_ASYNC) {
      OwnAnnotations.BEANS.forEach(bean -> event.addAnnotatedType(bean, bean.getName()));
    }
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, CachingExtension.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  void collectBean(@Observes ProcessBean<?> event) {
    var bean = event.getBean();
    if (bean.getTypes().contains(CacheManager.class)
        && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
      hasManager = true;
    }
    if (event instanceof ProcessManagedBean<?> managed
        && !(bean instanceof Interceptor)
        && !(bean instanceof Decorator)) {
      types.add(managed.getAnnotatedBeanClass());
    }
  }

  void collectInjection(@Observes ProcessInjectionPoint<?, ?> event) {
    var point = event.getInjectionPoint();
    if (point.getQualifiers().stream().anyMatch(CacheName.class::isInstance)) {
      injections.add(point);
    }
  }

  void addBeans(@Observes AfterBeanDiscovery event, BeanManager beans) {
    if (!hasManager) {
      event
          .<CacheManager>addBean()
          .types(CacheManager.class, Object.class)
          .scope(ApplicationScoped.class)
          .produceWith(instances -> Caching.getCachingProvider().getCacheManager())
          .disposeWith((manager, instances) -> manager.close());
    }
    event
        .<Caches>addBean()
        .types(Caches.class)
        .scope(Singleton.class)
        .produceWith(instances -> new Caches(instances.select(CacheManager.class).get()));
    event
        .<CachedMethods>addBean()
        .types(CachedMethods.class)
        .scope(ApplicationScoped.class)
        .produceWith(instances -> deployed(beans, instances));
    if (HAS_ASYNC) {
      OwnAnnotations.addBeans(event);
    }
  }

  private CachedMethods deployed(BeanManager beans, Instance<Object> instances) {
    return new DeployedMethods(
        beans, methods, new Instances(instances), instances.select(Caches.class).get());
  }

  /** Throws rather than adds problems to the event, for not all containers tell what was added. */
  void validate(@Observes AfterDeploymentValidation event, BeanManager beans) {
    collectMethods(new AnnotationFinder(beans));
    var rules = new Rules(beans);
    var problems = new ArrayList<String>();
    for (var details : methods.values().stream().flatMap(List::stream).toList()) {
      problems.addAll(rules.problems(details));
      if (Attributes.isOwn(details.getCacheAnnotation())) {
        problems.addAll(ownProblems(details, beans));
      }
    }
    for (var point : injections) {
      try {
        NamedInjection.of(point);
      } catch (DefinitionException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new DefinitionException(String.join("\n", problems));
    }
  }

  private void collectMethods(AnnotationFinder finder) {
    for (var type : types) {
      var details = finder.details(type);
      if (!details.isEmpty()) {
        methods.put(type.getJavaClass(), details);
      }
    }
    types.clear();
  }

  /** Larder's own annotations need a cache that is there, and the decorators. */
  private static List<String> ownProblems(MethodDetails<?> details, BeanManager beans) {
    if (!HAS_ASYNC) {
      return List.of(details + ": larder-async is not on the class path; add it");
    }
    var caches = beans.createInstance().select(Caches.class).get();
    return caches.existing(details.getCacheName()) == null
        ? List.of(DecoratorRules.missingCache(details))
        : List.of();
  }
}
