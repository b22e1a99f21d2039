package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Serializer;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The plain format of types that have one text form: the text alone, in UTF-8, as {@code redis-cli}
 * and other languages show it.
 *
 * @param type one of {@link #isText the types that have one}
 */
public record TextSerializer<T>(Class<T> type) implements Serializer<T> {
  @Serial private static final long serialVersionUID = 1L;

  private static final Map<Class<?>, Function<String, ?>> PARSERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(Byte.class, Byte::valueOf),
          Map.entry(Short.class, Short::valueOf),
          Map.entry(Integer.class, Integer::valueOf),
          Map.entry(Long.class, Long::valueOf),
          Map.entry(Float.class, Float::valueOf),
          Map.entry(Double.class, Double::valueOf),
          Map.entry(BigInteger.class, BigInteger::new),
          Map.entry(BigDecimal.class, BigDecimal::new),
          Map.entry(UUID.class, TextSerializer::uuid));

  /** Refuses types that have no such form. */
  public TextSerializer {
    if (!isText(type)) {
      throw new IllegalArgumentException(
          "%s has no text form; those that do are String, Byte, Short, Integer, Long, Float, Double, BigInteger, BigDecimal and UUID"
              .formatted(type.getName()));
    }
  }

  /** Says whether a type has one text form. */
  public static boolean isText(Class<?> type) {
    return PARSERS.containsKey(type);
  }

  @Override
  public byte[] encode(T value) {
    try {
      ByteBuffer bytes =
          UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(value.toString()));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a string with half a surrogate pair has no UTF-8 form and cannot be stored as text", e);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    try {
      String text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return type.cast(parser().apply(text));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the bytes are no " + type.getSimpleName(), e);
    }
  }

  @SuppressWarnings("NullAway") // the constructor has looked
  private Function<String, ?> parser() {
    return PARSERS.get(type);
  }

  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("not the canonical form of a UUID");
    }
    return uuid;
  }
}
