package dev.larder.internal.copy;

import java.util.function.UnaryOperator;
import javax.cache.CacheException;

/**
 * Copies objects as Java serialization would, by serializing them only where no quicker way is sure
 * to give the same: objects that cannot change are kept, all others are copied field by field,
 * unless there are hooks in their classes.
 *
 * @param <T> the type of the objects
 */
public final class ValueCopier<T> implements UnaryOperator<T> {
  private final Immutability immutability = new Immutability();
  private final CopyRules rules;
  private final Serialization serialization;

  /**
   * Copies for one cache.
   *
   * @param classLoader where the classes of copies are looked for first
   */
  public ValueCopier(String cacheName, ClassLoader classLoader) {
    this.rules = new CopyRules(classLoader, immutability);
    this.serialization = new Serialization(cacheName, classLoader);
  }

  /**
   * Returns a copy, or the object itself if it cannot change.
   *
   * @throws CacheException if the object cannot be serialized, which the message blames on a class
   */
  @Override
  @SuppressWarnings("unchecked") // a copy has the type of its original
  public T apply(T original) {
    return immutability.isImmutable(original.getClass()) ? original : (T) copy(original);
  }

  private Object copy(Object original) {
    CopyRule rule = rules.of(original.getClass());
    if (rule != CopyRule.SERIALIZE) {
      try {
        return rule.copy(original, new GraphCopy(rules));
      } catch (RuntimeException | StackOverflowError e) {
        // Serialization decides, and tells better what is wrong with the object.
      }
    }
    return serialization.copy(original);
  }
}
