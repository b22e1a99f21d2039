package dev.larder.cdi;

import jakarta.enterprise.inject.Instance;

/**
 * Objects of the classes that annotations name.
 *
 * @param beans the beans of the application
 */
record Instances(Instance<Object> beans) {
  /** Returns the bean of a class, or an object of its own of a class that is no bean. */
  <T> T of(Class<T> type) {
    var bean = beans.select(type);
    if (!bean.isUnsatisfied()) {
      return bean.get();
    }
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type.getName() + " is no bean, and has no constructor that works without parameters", e);
    }
  }
}
