package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys, which may be any bytes, into those that Memcached can hold: at most {@value #LONGEST}
 * bytes of UTF-8 without blanks and control characters. Different keys stay different.
 *
 * <p>What Memcached can hold stays as it is, unless it begins with one of the marks. Anything else
 * is
 *
 * <ul>
 *   <li>{@value #ESCAPED} and the key, of which all bytes but printable ASCII are percent-encoded;
 *       or, if that is too long,
 *   <li>{@value #HASHED}, the key's SHA-256 in URL-safe Base64, and as much of the beginning of the
 *       former as there is room for. The whole key is then stored with the value.
 * </ul>
 */
final class ItemKeys {
  static final int LONGEST = 250;
  static final String ESCAPED = "~%";
  static final String HASHED = "~#";

  /** How long a SHA-256 is in Base64. */
  private static final int HASH_LENGTH = 43;

  private static final int HASHED_START = HASHED.length() + HASH_LENGTH;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ItemKeys() {}

  /** Returns the key that Memcached gets. */
  static String of(byte[] key) {
    String plain = plain(key);
    if (plain != null) {
      return plain;
    }
    String escaped = escaped(key);
    return ESCAPED.length() + escaped.length() <= LONGEST
        ? ESCAPED + escaped
        : HASHED + hash(key) + whole(escaped.substring(0, LONGEST - HASHED_START));
  }

  /** Returns a key as it is, or null if it must be encoded. */
  private static @Nullable String plain(byte[] key) {
    String text = asIs(key);
    return text == null || text.startsWith(ESCAPED) || text.startsWith(HASHED) ? null : text;
  }

  /** Returns a key as it is, or null if Memcached cannot hold it. */
  static @Nullable String asIs(byte[] key) {
    if (key.length == 0 || key.length > LONGEST) {
      return null;
    }
    for (byte b : key) {
      if ((b >= 0 && b <= ' ') || b == 0x7f) {
        return null;
      }
    }
    return utf8(key);
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String escaped(byte[] key) {
    StringBuilder escaped = new StringBuilder(3 * key.length);
    for (byte b : key) {
      if (b > ' ' && b < 0x7f && b != '%') {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HEX.toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  /** Returns a part of an escaped key without the escape that it may end within. */
  private static String whole(String part) {
    int percent = part.lastIndexOf('%');
    return percent >= 0 && percent > part.length() - 3 ? part.substring(0, percent) : part;
  }

  private static String hash(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Says whether a key that Memcached has is one of those that do not tell the whole key. */
  static boolean isHashed(String itemKey) {
    return itemKey.startsWith(HASHED);
  }

  /**
   * Returns the key of one that Memcached has, or the beginning of the key if it {@linkplain
   * #isHashed is hashed}, or null if it was not made here.
   */
  static byte @Nullable [] keyOf(String itemKey) {
    if (isHashed(itemKey)) {
      return itemKey.length() < HASHED_START ? null : unescaped(itemKey.substring(HASHED_START));
    }
    byte[] key =
        itemKey.startsWith(ESCAPED)
            ? unescaped(itemKey.substring(ESCAPED.length()))
            : itemKey.getBytes(UTF_8);
    return key != null && of(key).equals(itemKey) ? key : null;
  }

  /** Undoes percent-encoding, or returns null if it is none. */
  static byte @Nullable [] unescaped(String escaped) {
    ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
      } else if (i + 2 < escaped.length()
          && HexFormat.isHexDigit(escaped.charAt(i + 1))
          && HexFormat.isHexDigit(escaped.charAt(i + 2))) {
        bytes.put((byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3));
        i += 2;
      } else {
        return null;
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Returns what the keys that Memcached has begin with, if those they stand for have a prefix. */
  static List<byte[]> beginnings(byte[] prefix) {
    return List.of(prefix, (ESCAPED + escaped(prefix)).getBytes(UTF_8), HASHED.getBytes(UTF_8));
  }

  /** Returns the key of one that Memcached lists, percent-encoded; null if it was not made here. */
  static @Nullable String listed(String encoded) {
    byte[] bytes = unescaped(encoded);
    return bytes == null ? null : utf8(bytes);
  }

  /** Returns how many bytes a key takes on the server. */
  static int length(String itemKey) {
    return itemKey.getBytes(UTF_8).length;
  }
}
