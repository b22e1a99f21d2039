package dev.larder.jackson;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.larder.spi.SettingsFormat;
import java.util.List;
import java.util.Set;

/** Configuration files in YAML. */
public final class YamlSettings implements SettingsFormat {
  /** Called by the service loader. */
  public YamlSettings() {}

  @Override
  public Set<String> extensions() {
    return Set.of("yaml", "yml");
  }

  @Override
  public List<Setting> read(String text) {
    return SettingsTree.read(new YAMLFactory(), text);
  }
}
