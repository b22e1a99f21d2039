package dev.larder.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.larder.spi.SettingsFormat.Setting;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a tree of names, with the place of each value. */
final class SettingsTree {
  private final JsonParser parser;
  private final Deque<String> path = new ArrayDeque<>();
  private final Set<List<String>> seen = new HashSet<>();
  private final List<Setting> settings = new ArrayList<>();

  private SettingsTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is no tree of names and values
   */
  static List<Setting> read(JsonFactory format, String text) {
    try (JsonParser parser = format.createParser(text)) {
      SettingsTree tree = new SettingsTree(parser);
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        tree.readObject();
        first = parser.nextToken();
      }
      if (first != null) {
        throw tree.refused("there must be names and values, and nothing else");
      }
      return tree.settings;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line %d: %s".formatted(lineOf(e.getLocation()), e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads names and values; where there are none, notes an empty value, but for the whole file. */
  private void readObject() throws IOException {
    boolean empty = !path.isEmpty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      empty = false;
      path.addLast(parser.currentName());
      switch (parser.nextToken()) {
        case START_OBJECT -> readObject();
        case START_ARRAY -> throw refused(String.join(".", path) + " must have one value");
        case VALUE_NULL -> note("");
        default -> note(parser.getText());
      }
      path.removeLast();
    }
    if (empty) {
      note("");
    }
  }

  private void note(String value) throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw refused(String.join(".", path) + " is an alias, which is not read; write the value");
    }
    List<String> name = List.copyOf(path);
    if (!seen.add(name)) {
      throw refused(String.join(".", path) + " is there twice");
    }
    settings.add(new Setting(name, value, lineOf(parser.currentTokenLocation())));
  }

  private IllegalArgumentException refused(String problem) {
    return new IllegalArgumentException(
        "line %d: %s".formatted(lineOf(parser.currentTokenLocation()), problem));
  }

  private static int lineOf(JsonLocation location) {
    return location == null ? 0 : location.getLineNr();
  }
}
