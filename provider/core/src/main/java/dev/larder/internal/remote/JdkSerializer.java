package dev.larder.internal.remote;

import dev.larder.spi.Serializer;
import java.io.Serial;
import java.util.List;

/**
 * The enveloped format, for whatever is {@link java.io.Serializable}. A cache reads with its
 * manager's class loader, this by itself with that of the thread.
 *
 * @param allowed the classes that may come to life, beside those that always may
 */
public record JdkSerializer<T>(List<Class<?>> allowed) implements Serializer<T> {
  @Serial private static final long serialVersionUID = 1L;

  /** Keeps the list as it is now. */
  public JdkSerializer {
    allowed = List.copyOf(allowed);
  }

  @Override
  public byte[] encode(T value) {
    return envelope().encode(value);
  }

  @Override
  @SuppressWarnings("unchecked") // what was put as a T comes back as one
  public T decode(byte[] bytes) {
    try {
      return (T) envelope().decode(bytes);
    } catch (UndecodableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private EnvelopeCodec<Object> envelope() {
    ClassLoader threads = Thread.currentThread().getContextClassLoader();
    ClassLoader classLoader = threads == null ? JdkSerializer.class.getClassLoader() : threads;
    return new EnvelopeCodec<>(
        Object.class, new JdkSerialization("-", classLoader, allowed, List.of()));
  }
}
