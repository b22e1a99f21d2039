package dev.larder.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.larder.spi.Serializer;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type as JSON, by Jackson: plain text on the server, which other languages read and
 * write.
 *
 * <p>What comes to life is what the type declares. The text never names a class (default typing is
 * off, and a mapper that has it on is refused). Text that is not exactly one value of the type,
 * that is nested deeper than {@value #MAX_DEPTH} or longer than {@value #MAX_BYTES} bytes is no
 * value; one that would be so is refused when it is put.
 *
 * <p>The mapper of its own writes properties in alphabetical order and dates and times as ISO 8601,
 * and ignores properties that the type does not have, so that two versions of a program can share a
 * cache.
 *
 * @param <T> the type of values
 */
public final class JacksonSerializer<T> implements Serializer<T> {
  /** The greatest depth of objects and arrays within each other. */
  public static final int MAX_DEPTH = 100;

  /** The greatest length of a value's text, in bytes. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  @Serial private static final long serialVersionUID = 1L;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .maxStringLength(MAX_BYTES)
                          .build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .addModule(new JavaTimeModule())
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  /** The application's mapper; with null for Larder's own this can be serialized. */
  private final @Nullable ObjectMapper applications;

  private final JavaType type;

  private JacksonSerializer(ObjectMapper mapper, JavaType type) {
    if (mapper.getDeserializationConfig().getDefaultTyper(type) != null) {
      throw new IllegalArgumentException(
          "the ObjectMapper has default typing, by which the text on the server would name the classes to create; use one without it");
    }
    this.applications = mapper == MAPPER ? null : mapper;
    this.type = type;
  }

  /** Returns the serializer of a class. */
  public static <T> JacksonSerializer<T> of(Class<T> type) {
    return of(type, MAPPER);
  }

  /**
   * Returns the serializer of a type with type arguments: {@code of(new TypeReference<List<User>>()
   * {})}.
   */
  public static <T> JacksonSerializer<T> of(TypeReference<T> type) {
    return of(type, MAPPER);
  }

  /**
   * Returns the serializer of a class that uses a mapper of the application, with its own limits;
   * the mapper is not to be configured any more, and the configuration is {@link
   * java.io.Serializable} if the mapper is.
   *
   * @throws IllegalArgumentException if the mapper has default typing
   */
  public static <T> JacksonSerializer<T> of(Class<T> type, ObjectMapper mapper) {
    return new JacksonSerializer<>(mapper, mapper.constructType(requireNonNull(type, "type")));
  }

  /**
   * Returns the serializer of a type with type arguments that uses a mapper of the application,
   * with its own limits; the mapper is not to be configured any more, and the configuration is
   * {@link java.io.Serializable} if the mapper is.
   *
   * @throws IllegalArgumentException if the mapper has default typing
   */
  public static <T> JacksonSerializer<T> of(TypeReference<T> type, ObjectMapper mapper) {
    return new JacksonSerializer<>(mapper, mapper.constructType(requireNonNull(type, "type")));
  }

  private ObjectMapper mapper() {
    return applications == null ? MAPPER : applications;
  }

  @Override
  public byte[] encode(T value) {
    try {
      byte[] bytes = mapper().writerFor(type).writeValueAsBytes(value);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "its JSON has %d bytes; %d are allowed".formatted(bytes.length, MAX_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the JSON has %d bytes; %d are allowed".formatted(bytes.length, MAX_BYTES));
    }
    try {
      T value =
          mapper()
              .readerFor(type)
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(bytes);
      if (value == null) {
        throw new IllegalArgumentException("the JSON is null");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Says whether another object is a serializer of the same type with the same mapper. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JacksonSerializer<?> that
        && type.equals(that.type)
        && applications == that.applications;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "JSON(" + type.toCanonical() + ")";
  }
}
