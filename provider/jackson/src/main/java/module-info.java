/** Values as JSON, and configuration files in JSON and YAML, by Jackson. */
module dev.larder.jackson {
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires transitive dev.larder.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.jackson;

  provides dev.larder.spi.SettingsFormat with
      dev.larder.jackson.JsonSettings,
      dev.larder.jackson.YamlSettings;
}
