package dev.larder.internal.copy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was found out about each class, without keeping classes or Larder from being
 * unloaded.
 *
 * <p>What is known of a class from Larder's own loader or one of its ancestors stays here: the
 * loader keeps that class anyway, and a reference from the class to Larder would keep Larder, as
 * long as the JDK lives for one of its classes. For all others it is the other way round: what is
 * known goes with the class, or with this object.
 */
final class PerClass<T> {
  private static final Set<ClassLoader> LASTING_LOADERS = ownLoaderAndAncestors();

  private final Function<Class<?>, T> examine;
  private final ConcurrentHashMap<Class<?>, T> lasting = new ConcurrentHashMap<>();
  private final ClassValue<T> passing =
      new ClassValue<>() {
        @Override
        protected T computeValue(Class<?> type) {
          return examine.apply(type);
        }
      };

  /** Remembers answers, which must refer to neither this object nor its owner. */
  PerClass(Function<Class<?>, T> examine) {
    this.examine = examine;
  }

  T get(Class<?> type) {
    T known = lasting.get(type);
    if (known != null) {
      return known;
    }
    ClassLoader loader = type.getClassLoader();
    if (loader != null && !LASTING_LOADERS.contains(loader)) {
      return passing.get(type);
    }
    T found = examine.apply(type);
    lasting.put(type, found);
    return found;
  }

  private static Set<ClassLoader> ownLoaderAndAncestors() {
    Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
    ClassLoader loader = PerClass.class.getClassLoader();
    while (loader != null) {
      loaders.add(loader);
      loader = loader.getParent();
    }
    return loaders;
  }
}
