package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The plain format of types that have one text form: the text alone, in UTF-8, as {@code redis-cli}
 * and other languages show it.
 */
final class TextCodec<T> implements Codec<T> {
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
          Map.entry(UUID.class, TextCodec::uuid));

  private final Class<T> type;
  private final Function<String, ?> parser;

  private TextCodec(Class<T> type, Function<String, ?> parser) {
    this.type = type;
    this.parser = parser;
  }

  /** Returns the codec of strings. */
  static TextCodec<String> strings() {
    return new TextCodec<>(String.class, text -> text);
  }

  /** Returns the codec of a type, or {@code null} if its objects have no such form. */
  static <T> @Nullable TextCodec<T> of(Class<T> type) {
    Function<String, ?> parser = PARSERS.get(type);
    return parser == null ? null : new TextCodec<>(type, parser);
  }

  @Override
  public byte[] encode(T object) {
    try {
      ByteBuffer bytes =
          UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(object.toString()));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new CacheException(
          "a string with half a surrogate pair has no UTF-8 form and cannot be stored as text", e);
    }
  }

  @Override
  public T decode(byte[] bytes) throws UndecodableException {
    try {
      String text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return type.cast(parser.apply(text));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new UndecodableException("the bytes are no " + type.getSimpleName(), e);
    }
  }

  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("not the canonical form of a UUID");
    }
    return uuid;
  }
}
