package dev.larder.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import dev.larder.spi.SettingsFormat;
import java.util.List;
import java.util.Set;

/** Configuration files in JSON. */
public final class JsonSettings implements SettingsFormat {
  /** Called by the service loader. */
  public JsonSettings() {}

  @Override
  public Set<String> extensions() {
    return Set.of("json");
  }

  @Override
  public List<Setting> read(String text) {
    return SettingsTree.read(new JsonFactory(), text);
  }
}
