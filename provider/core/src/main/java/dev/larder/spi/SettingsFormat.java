package dev.larder.spi;

import java.util.List;
import java.util.Set;

/**
 * A format of configuration files; found by {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without parameters.
 */
public interface SettingsFormat {

  /** Returns the extensions of files in this format, in lower case, without a dot. */
  Set<String> extensions();

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if the text is not of this format; the message says where
   */
  List<Setting> read(String text);

  /**
   * A value, and where it stands.
   *
   * @param path the names that lead to the value, the outermost first
   * @param value the value as text
   * @param line the number of the line, from 1; 0 if it is not known
   */
  record Setting(List<String> path, String value, int line) {}
}
