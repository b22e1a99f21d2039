package dev.larder.internal.copy;

import java.io.Serializable;
import java.lang.reflect.Proxy;

/** Chooses for each class how its objects are copied. */
final class CopyRules {
  private final ClassLoader classLoader;
  private final Immutability immutability;
  private final PerClass<CopyRule> rules = new PerClass<>(this::choose);

  /**
   * Chooses for one cache.
   *
   * @param classLoader where serialization looks for classes first
   */
  CopyRules(ClassLoader classLoader, Immutability immutability) {
    this.classLoader = classLoader;
    this.immutability = immutability;
  }

  CopyRule of(Class<?> type) {
    return rules.get(type);
  }

  private CopyRule choose(Class<?> type) {
    try {
      if (!Serializable.class.isAssignableFrom(type) || !resolvesToItself(type)) {
        return CopyRule.SERIALIZE;
      }
      if (type != Class.class && immutability.isImmutable(type)) {
        return CopyRule.KEEP;
      }
      CopyRule ofJdk = JdkRules.of(type);
      return ofJdk == null ? ofStructure(type) : ofJdk;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Its package is not open to Larder, or classes that it names are missing.
      return CopyRule.SERIALIZE;
    }
  }

  private static CopyRule ofStructure(Class<?> type) throws ReflectiveOperationException {
    if (type.isArray()) {
      return type.getComponentType().isPrimitive()
          ? ArrayRules::copyPrimitives
          : ArrayRules::copyReferences;
    }
    if (Proxy.isProxyClass(type) || type.isHidden() || Hooks.areIn(type)) {
      return CopyRule.SERIALIZE;
    }
    CopyRule rule = type.isRecord() ? RecordRule.of(type) : FieldRule.of(type);
    return rule == null ? CopyRule.SERIALIZE : rule;
  }

  /** Says whether serialization would not put another class in the place of this one. */
  private boolean resolvesToItself(Class<?> type) {
    try {
      return Class.forName(type.getName(), false, classLoader) == type;
    } catch (ClassNotFoundException e) {
      return true;
    }
  }
}
