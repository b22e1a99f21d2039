package dev.larder;

import static java.util.Objects.requireNonNull;

import dev.larder.internal.copy.IdentitySerializer;
import dev.larder.internal.remote.BytesSerializer;
import dev.larder.internal.remote.JdkSerializer;
import dev.larder.internal.remote.TextSerializer;
import dev.larder.spi.Serializer;
import java.util.List;

/**
 * The serializers that come with Larder; the one for JSON is in {@code larder-jackson}.
 *
 * <p>A cache without a serializer has the one that its declared type of values suggests: {@link
 * #string} for strings, {@link #number} for numbers, {@link #bytes} for byte arrays and {@link
 * #jdk} for all else.
 */
public final class Serializers {
  private Serializers() {}

  /** Returns the serializer of strings: their text, in UTF-8. */
  public static Serializer<String> string() {
    return new TextSerializer<>(String.class);
  }

  /**
   * Returns the serializer of a class of numbers: their decimal text.
   *
   * @throws IllegalArgumentException if the class is none of {@code Byte}, {@code Short}, {@code
   *     Integer}, {@code Long}, {@code Float}, {@code Double}, {@code BigInteger} and {@code
   *     BigDecimal}
   */
  public static <N extends Number> Serializer<N> number(Class<N> type) {
    return new TextSerializer<>(requireNonNull(type, "type"));
  }

  /** Returns the serializer of byte arrays: the bytes. */
  public static Serializer<byte[]> bytes() {
    return new BytesSerializer();
  }

  /**
   * Returns the serializer of whatever is {@link java.io.Serializable}: Java serialization, in an
   * envelope with a checksum.
   *
   * <p>It brings no class to life that is not allowed: value types and collections of the JDK, the
   * types that the cache was declared with and what they are made of, what this JVM has written to
   * the cache itself, and the given classes with what they are made of. {@link
   * LarderConfiguration.Builder#allowedClasses} restricts what is written as well.
   */
  public static <T> Serializer<T> jdk(Class<?>... allowed) {
    return new JdkSerializer<>(List.of(allowed));
  }

  /**
   * Returns the serializer that keeps values as the objects that they are: who changes one changes
   * it in the cache. Only caches in memory can have it.
   */
  public static <T> Serializer<T> identity() {
    return new IdentitySerializer<>();
  }
}
