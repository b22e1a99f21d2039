package dev.larder;

import java.util.Locale;

/**
 * What becomes of a call that finds bytes on a server which are no value of its cache: damaged
 * ones, those of another program, of another type, of a class that may not be read, or of a format
 * that only a newer release knows.
 *
 * <p>Either way they are counted and logged, nothing in them is executed, and {@code put} and
 * {@code remove} work on them as on anything else.
 */
public enum Undecodable {
  /** The entry counts as missing, for every call. */
  MISS,
  /**
   * Every call that has to know the value fails, with a {@link javax.cache.CacheException} that
   * names the cache, the key and the cause; nothing is changed.
   */
  FAIL;

  /**
   * Returns the one that a word in a configuration file, URI or property names.
   *
   * @throws IllegalArgumentException if the word is neither {@code miss} nor {@code fail}
   */
  public static Undecodable named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "miss" -> MISS;
      case "fail" -> FAIL;
      default ->
          throw new IllegalArgumentException(
              "undecodable is '%s'; it must be miss or fail".formatted(word));
    };
  }
}
