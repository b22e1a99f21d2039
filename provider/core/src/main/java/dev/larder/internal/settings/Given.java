package dev.larder.internal.settings;

import java.util.List;

/**
 * A value that something says of a setting.
 *
 * @param path the names that lead to the setting, the outermost first
 * @param value the value, with placeholders
 * @param place where it is said, for messages
 */
record Given(List<String> path, String value, String place) {
  String name() {
    return String.join(".", path);
  }
}
