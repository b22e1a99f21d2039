package dev.larder.internal.settings;

import dev.larder.LarderConfiguration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a configuration file says of the caches that have a name, or names of a pattern.
 *
 * @param name the name, with {@code *} for any characters
 * @param settings the settings and what they mean
 */
record CacheTemplate(String name, Map<CacheSetting, Object> settings) {

  boolean isPattern() {
    return name.contains("*");
  }

  boolean matches(String cacheName) {
    String regex = Pattern.quote(name).replace("*", "\\E.*\\Q");
    return Pattern.compile(regex, Pattern.DOTALL).matcher(cacheName).matches();
  }

  /** Returns a configuration with the settings that a program left open. */
  @SuppressWarnings("unchecked") // settings do not depend on the types of keys and values
  <K, V> LarderConfiguration<K, V> complete(LarderConfiguration<K, V> given) {
    var open = (LarderConfiguration<Object, Object>) given;
    LarderConfiguration.Builder<Object, Object> builder = open.toBuilder();
    settings.forEach(
        (setting, value) -> {
          if (setting.isOpen(open)) {
            setting.set(builder, value);
          }
        });
    return (LarderConfiguration<K, V>) builder.build();
  }

  /** Returns the configuration of a cache that only the file knows. */
  @SuppressWarnings("unchecked") // settings do not depend on the types of keys and values
  LarderConfiguration<?, ?> create() {
    Class<Object> keyType =
        (Class<Object>) settings.getOrDefault(CacheSetting.KEY_TYPE, Object.class);
    Class<Object> valueType =
        (Class<Object>) settings.getOrDefault(CacheSetting.VALUE_TYPE, Object.class);
    return complete(LarderConfiguration.builder(keyType, valueType).build());
  }
}
