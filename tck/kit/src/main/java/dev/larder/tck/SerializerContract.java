package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.LarderConfiguration;
import dev.larder.spi.Serializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Serializer} must do, on values of its own.
 *
 * @param <T> the type of values, which have an {@code equals}
 */
public abstract class SerializerContract<T> {
  /** For subclasses. */
  protected SerializerContract() {}

  /** The serializer, a new one or always the same. */
  protected abstract Serializer<T> serializer();

  /** Values with the bytes, in hexadecimal, that stored ones have had since the first release. */
  protected abstract Map<T, String> golden();

  /** Bytes, in hexadecimal, that are no value. */
  protected abstract List<String> undecodable();

  @Test
  void goldenBytesAreWrittenAndRead() {
    golden()
        .forEach(
            (value, hex) -> {
              assertThat(HexFormat.of().formatHex(serializer().encode(value))).isEqualTo(hex);
              assertThat(serializer().decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
            });
  }

  @Test
  void row68OtherBytesAreRefused() {
    undecodable()
        .forEach(
            hex ->
                assertThatThrownBy(() -> serializer().decode(HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOf(RuntimeException.class));
  }

  @Test
  void damagedBytesAreRefusedOrGiveAnotherValue() {
    Random random = new Random(7);
    for (T value : golden().keySet()) {
      for (int i = 0; i < 500; i++) {
        byte[] bytes = serializer().encode(value);
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        Throwable refusal = catchThrowable(() -> serializer().decode(damaged));
        if (refusal != null) {
          assertThat(refusal).isInstanceOf(RuntimeException.class);
        }
      }
    }
  }

  @Test
  void bytesAreNotKept() {
    for (T value : golden().keySet()) {
      byte[] bytes = serializer().encode(value);
      byte[] unchanged = bytes.clone();
      T decoded = serializer().decode(bytes);
      assertThat(bytes).isEqualTo(unchanged);
      Arrays.fill(bytes, (byte) 0);
      assertThat(decoded).isEqualTo(value);
      assertThat(serializer().encode(value)).isEqualTo(unchanged);
    }
  }

  @Test
  void severalThreadsMayUseIt() {
    Serializer<T> shared = serializer();
    IntStream.range(0, 2_000)
        .parallel()
        .forEach(
            i ->
                golden()
                    .keySet()
                    .forEach(
                        value -> assertThat(shared.decode(shared.encode(value))).isEqualTo(value)));
  }

  @Test
  void configurationWithItIsSerializable() throws IOException, ClassNotFoundException {
    LarderConfiguration<Object, T> configuration = configured();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }

    LarderConfiguration<?, ?> copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (LarderConfiguration<?, ?>) in.readObject();
    }

    assertThat(copy.serializer()).hasToString(serializer().toString());
    golden()
        .keySet()
        .forEach(
            value -> {
              @SuppressWarnings("unchecked") // it was one
              Serializer<T> same = (Serializer<T>) requireNonNull(copy.serializer());
              assertThat(same.decode(same.encode(value))).isEqualTo(value);
            });
  }

  @SuppressWarnings("unchecked") // the class of a value, as the type of values
  private LarderConfiguration<Object, T> configured() {
    Class<T> type = (Class<T>) golden().keySet().iterator().next().getClass();
    return LarderConfiguration.builder(Object.class, type).serializer(serializer()).build();
  }
}
