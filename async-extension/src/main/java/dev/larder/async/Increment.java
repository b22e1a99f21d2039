package dev.larder.async;

import java.io.Serial;
import java.io.Serializable;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;

/**
 * Adds to a whole number, and returns the sum; a key without a value counts as 0.
 *
 * @param type what the cache declares its values to be
 */
record Increment<K, V>(String cacheName, Class<V> type, long delta)
    implements EntryProcessor<K, V, Long>, Serializable {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public Long process(MutableEntry<K, V> entry, Object... arguments) {
    Object present = entry.exists() ? entry.getValue() : null;
    try {
      long sum = Math.addExact(present == null ? 0 : number(present), delta);
      entry.setValue(stored(sum, present == null ? type : present.getClass()));
      return sum;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CacheException(
          "cache '%s': the value of key %s is '%s' (%s), to which %d cannot be added: increment needs whole numbers, or text that is one, and a sum that fits"
              .formatted(
                  cacheName,
                  entry.getKey(),
                  present,
                  present == null ? type.getName() : present.getClass().getName(),
                  delta),
          e);
    }
  }

  /** Returns why an increment failed, without what processors and stages wrap it in. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = Pace.causeOf(failure);
    return cause instanceof EntryProcessorException && cause.getCause() != null
        ? cause.getCause()
        : cause;
  }

  private static long number(Object present) {
    if (present instanceof Long || present instanceof Integer) {
      return ((Number) present).longValue();
    }
    if (present instanceof String text) {
      return Long.parseLong(text);
    }
    throw new NumberFormatException("not a whole number");
  }

  @SuppressWarnings("unchecked") // a number of the class that values have
  private V stored(long sum, Class<?> wanted) {
    if (wanted == String.class) {
      return (V) Long.toString(sum);
    }
    if (wanted == Integer.class) {
      return (V) Integer.valueOf(Math.toIntExact(sum));
    }
    if (wanted.isAssignableFrom(Long.class)) {
      return (V) Long.valueOf(sum);
    }
    throw new NumberFormatException("no whole number is a " + wanted.getName());
  }
}
