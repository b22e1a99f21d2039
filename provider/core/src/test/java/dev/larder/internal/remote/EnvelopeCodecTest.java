package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {
  private static final int NONCE_AT = 5;
  private static final int CHECKSUM_AT = 13;
  private static final int PAYLOAD_AT = 17;
  private static final ArrayList<Object> VALUE =
      new ArrayList<>(List.of("larder", 42, LocalDate.of(2026, 11, 22)));

  private final EnvelopeCodec<Object> codec = codec(Object.class);

  private static <T> EnvelopeCodec<T> codec(Class<T> type) {
    return new EnvelopeCodec<>(
        type,
        new JdkSerialization(
            "c", EnvelopeCodecTest.class.getClassLoader(), List.of(type), List.of()));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = EnvelopeCodecTest.class.getResourceAsStream("envelope-1.bin")) {
      return in.readAllBytes();
    }
  }

  // ---- the format, which is a promise ---------------------------------------------------------

  @Test
  void readsWhatVersionOneWrote() throws Exception {
    assertThat(codec.decode(golden())).isEqualTo(VALUE);
  }

  @Test
  void writesWhatVersionOneWroteButForTheNonce() throws Exception {
    byte[] written = codec.encode(VALUE);
    System.arraycopy(golden(), NONCE_AT, written, NONCE_AT, PAYLOAD_AT - NONCE_AT);

    assertThat(written).isEqualTo(golden());
  }

  @Test
  void checksumIsThatOfAllOtherBytes() throws Exception {
    assertThat(ByteBuffer.wrap(golden()).getInt(CHECKSUM_AT)).isEqualTo(checksum(golden()));
    byte[] written = codec.encode(VALUE);
    assertThat(ByteBuffer.wrap(written).getInt(CHECKSUM_AT)).isEqualTo(checksum(written));
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_AT);
    crc.update(bytes, PAYLOAD_AT, bytes.length - PAYLOAD_AT);
    return (int) crc.getValue();
  }

  @Test
  void noTwoWritesHaveTheSameBytes() {
    assertThat(Arrays.copyOfRange(codec.encode("x"), NONCE_AT, CHECKSUM_AT))
        .isNotEqualTo(Arrays.copyOfRange(codec.encode("x"), NONCE_AT, CHECKSUM_AT));
  }

  // ---- bytes that are no envelope -------------------------------------------------------------

  @Test
  void row63EveryTruncationIsUndecodable() {
    byte[] whole = codec.encode(VALUE);

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(part))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UndecodableException.class);
    }
  }

  @Test
  void row64EveryFlippedBitIsUndecodable() {
    byte[] whole = codec.encode(VALUE);

    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThatThrownBy(() -> codec.decode(flipped))
          .as("bit %d", bit)
          .isInstanceOf(UndecodableException.class);
    }
  }

  @Test
  void row64TwentyThousandDamagedEnvelopesAreUndecodable() {
    Random random = new Random(107);
    byte[] whole = codec.encode(VALUE);

    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      accepted += !Arrays.equals(damaged, whole) && isAccepted(damaged) ? 1 : 0;
    }

    assertThat(accepted).isZero();
  }

  private boolean isAccepted(byte[] bytes) {
    try {
      codec.decode(bytes);
      return true;
    } catch (UndecodableException e) {
      return false;
    }
  }

  /** Their checksums are right: it is the field that the reader must look at. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, magic",
    "1, 0, magic",
    "2, 0, version",
    "2, 2, version",
    "3, 0, serializer",
    "3, 2, serializer",
    "4, 1, flags",
    "4, -128, flags"
  })
  void unknownFormatIsUndecodable(int position, byte value, String field) {
    byte[] bytes = codec.encode(VALUE);
    bytes[position] = value;
    ByteBuffer.wrap(bytes).putInt(CHECKSUM_AT, checksum(bytes));

    assertThatThrownBy(() -> codec.decode(bytes))
        .as(field)
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("envelope");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 2", "4, 1"})
  void row117UnknownFormatIsTakenForNewer(int position, byte value) {
    byte[] bytes = codec.encode(VALUE);
    bytes[position] = value;

    assertThat(codec.isNewer(bytes)).isTrue();
  }

  @Test
  void row117KnownAndForeignFormatsAreNotTakenForNewer() {
    assertThat(codec.isNewer(codec.encode(VALUE))).isFalse();
    assertThat(codec.isNewer("a text of another application".getBytes(UTF_8))).isFalse();
    assertThat(codec.isNewer(new byte[] {0x4C})).isFalse();
  }

  @Test
  void changedPayloadWithTheRightChecksumIsReadAsItIs() throws Exception {
    byte[] bytes = codec.encode("larder");
    bytes[bytes.length - 1] = 'n';
    ByteBuffer.wrap(bytes).putInt(CHECKSUM_AT, checksum(bytes));

    assertThat(codec.decode(bytes)).isEqualTo("larden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "{\"a\": 1}", "a text of another application, somewhat longer"})
  void row65ForeignBytesAreUndecodable(String foreign) {
    assertThatThrownBy(() -> codec.decode(foreign.getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void row67ValueOfAnotherTypeIsUndecodable() {
    byte[] text = codec(String.class).encode("larder");

    assertThatThrownBy(() -> codec(Integer.class).decode(text))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void row75ValueThatResolvesToAnotherTypeIsUndecodable() {
    EnvelopeCodec<Shifty> shifty = codec(Shifty.class);
    byte[] bytes = shifty.encode(new Shifty());

    assertThatThrownBy(() -> shifty.decode(bytes)).isInstanceOf(UndecodableException.class);
  }

  private static final class Shifty implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private Object readResolve() throws ObjectStreamException {
      return "something else";
    }
  }
}
