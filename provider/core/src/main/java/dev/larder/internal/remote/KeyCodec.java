package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys into bytes, different keys into different bytes, and back.
 *
 * <p>A key begins with its cache's name and a colon; in the name, {@code %}, {@code :} and halves
 * of surrogate pairs are percent-encoded, so that no cache's keys look like another's. Then follows
 *
 * <ul>
 *   <li>a string as it is, in UTF-8;
 *   <li>a number or UUID as text, after a tilde and a letter for its type, which are left out in a
 *       cache that was declared with that type;
 *   <li>anything else serialized, in URL-safe Base64, after {@code ~J}. Keys that are equal must
 *       serialize to the same bytes;
 *   <li>a string that begins with a tilde after {@code ~S}, and one that has no UTF-8 form (half a
 *       surrogate pair) in UTF-16 and Base64 after {@code ~X}.
 * </ul>
 *
 * @param <K> the type of keys
 */
final class KeyCodec<K> {
  private static final char ESCAPE = '~';
  private static final Codec<String> STRINGS = textCodec(String.class);
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{IsCs}");
  private static final Map<Class<?>, Character> TAGS =
      Map.of(
          Byte.class, 'b',
          Short.class, 's',
          Integer.class, 'i',
          Long.class, 'l',
          Float.class, 'f',
          Double.class, 'd',
          BigInteger.class, 'n',
          BigDecimal.class, 'm',
          UUID.class, 'u');

  private final byte[] prefix;
  private final Class<K> declared;
  private final @Nullable Codec<K> plain;
  private final JdkSerialization serialization;

  /**
   * Creates the codec of one cache.
   *
   * @param namespace stands before the cache's name, with a colon, unless it is empty
   */
  KeyCodec(String namespace, String cacheName, Class<K> declared, JdkSerialization serialization) {
    String start = namespace.isEmpty() ? "" : namespace + ":";
    this.prefix = (start + escapedName(cacheName) + ":").getBytes(UTF_8);
    this.declared = declared;
    this.plain =
        declared != String.class && TextSerializer.isText(declared) ? textCodec(declared) : null;
    this.serialization = serialization;
  }

  private static String escapedName(String name) {
    return LONE_SURROGATE
        .matcher(name.replace("%", "%25").replace(":", "%3A"))
        .replaceAll(half -> "%%u%04X".formatted((int) half.group().charAt(0)));
  }

  /** Returns what all of the cache's keys begin with, and no other cache's. */
  byte[] prefix() {
    return prefix;
  }

  /** Returns the bytes of a key. */
  byte[] encode(K key) {
    byte[] text = (plain == null ? escaped(key) : plain.encode(key));
    byte[] bytes = Arrays.copyOf(prefix, prefix.length + text.length);
    System.arraycopy(text, 0, bytes, prefix.length, text.length);
    return bytes;
  }

  private byte[] escaped(Object key) {
    if (key instanceof String string) {
      return text(string);
    }
    Character tag = TAGS.get(key.getClass());
    String text =
        tag == null
            ? "" + ESCAPE + 'J' + base64(serialization.write(key))
            : "" + ESCAPE + tag + key;
    return text.getBytes(UTF_8);
  }

  private static byte[] text(String string) {
    if (!UTF_8.newEncoder().canEncode(string)) {
      return ("" + ESCAPE + 'X' + base64(utf16(string))).getBytes(UTF_8);
    }
    boolean ambiguous = !string.isEmpty() && string.charAt(0) == ESCAPE;
    return (ambiguous ? "" + ESCAPE + 'S' + string : string).getBytes(UTF_8);
  }

  /** Passes the key of some bytes on, unless no key of this cache has them. */
  void ifKey(byte[] bytes, Consumer<? super K> action) {
    K key;
    try {
      key = decode(bytes);
    } catch (UndecodableException e) { // not written by a cache with this configuration
      return;
    }
    action.accept(key);
  }

  /** Returns the key of some bytes as errors name it. */
  String describe(byte[] bytes) {
    try {
      return "'" + decode(bytes) + "'";
    } catch (UndecodableException e) {
      return "(unknown)";
    }
  }

  /**
   * Returns the key of some bytes that begin with the prefix.
   *
   * @throws UndecodableException if no key of this cache has them
   */
  K decode(byte[] bytes) throws UndecodableException {
    byte[] text = Arrays.copyOfRange(bytes, prefix.length, bytes.length);
    if (plain != null) {
      return plain.decode(text);
    }
    Object key = unescaped(STRINGS.decode(text));
    if (!declared.isInstance(key)) {
      throw new UndecodableException("the key is no " + declared.getName(), null);
    }
    return declared.cast(key);
  }

  private Object unescaped(String text) throws UndecodableException {
    if (text.isEmpty() || text.charAt(0) != ESCAPE) {
      return text;
    }
    if (text.length() < 2) {
      throw new UndecodableException("the key ends after its escape", null);
    }
    char tag = text.charAt(1);
    String rest = text.substring(2);
    try {
      return switch (tag) {
        case 'S' -> rest;
        case 'X' -> fromUtf16(Base64.getUrlDecoder().decode(rest));
        case 'J' -> serialization.read(Base64.getUrlDecoder().decode(rest), 0);
        default -> tagged(tag).decode(rest.getBytes(UTF_8));
      };
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("the key is no Base64", e);
    }
  }

  private static Codec<?> tagged(char tag) throws UndecodableException {
    for (Map.Entry<Class<?>, Character> entry : TAGS.entrySet()) {
      if (entry.getValue() == tag) {
        return textCodec(entry.getKey());
      }
    }
    throw new UndecodableException("the key's type '" + tag + "' is not known", null);
  }

  private static <T> Codec<T> textCodec(Class<T> type) {
    return new SerializerCodec<>("-", type, new TextSerializer<>(type));
  }

  /** Keeps halves of surrogate pairs, for which Java's own encoders write something else. */
  private static byte[] utf16(String string) {
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * string.length());
    bytes.asCharBuffer().put(string);
    return bytes.array();
  }

  private static String fromUtf16(byte[] bytes) throws UndecodableException {
    if (bytes.length % Character.BYTES != 0) {
      throw new UndecodableException("the key ends within a character", null);
    }
    return ByteBuffer.wrap(bytes).asCharBuffer().toString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
