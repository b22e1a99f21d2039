package dev.larder.internal.settings;

import dev.larder.spi.SettingsFormat;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Properties files: {@code uri = …}, {@code redis.SETTING = …}, and {@code caches.NAME.SETTING =
 * …}, where the name of a cache may contain dots; {@code caches.NAME =} declares one without
 * settings.
 */
final class PropertiesFormat implements SettingsFormat {
  @Override
  public Set<String> extensions() {
    return Set.of("properties");
  }

  @Override
  public List<Setting> read(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    List<Setting> settings = new ArrayList<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      settings.add(new Setting(path(name, value), value, lineOf(name, text)));
    }
    return settings;
  }

  /** Returns the names in a name; a cache without settings has no value and may have dots. */
  static List<String> path(String name, String value) {
    int first = name.indexOf('.');
    int last = name.lastIndexOf('.');
    if (first < 0) {
      return List.of(name);
    }
    boolean isCache = value.isBlank() && name.substring(0, first).equals(SettingsCheck.CACHES);
    return first == last || isCache
        ? List.of(name.substring(0, first), name.substring(first + 1))
        : List.of(
            name.substring(0, first), name.substring(first + 1, last), name.substring(last + 1));
  }

  /** Returns the last line that begins with a name, which is the one that counts. */
  private static int lineOf(String name, String text) {
    List<String> lines = text.lines().toList();
    for (int i = lines.size(); i > 0; i--) {
      String line = lines.get(i - 1).strip();
      if (line.startsWith(name) && line.substring(name.length()).matches("(\\s*[=:\\s].*)?")) {
        return i;
      }
    }
    return 0;
  }
}
