package dev.larder.internal.settings;

import dev.larder.LarderConfiguration;
import dev.larder.internal.Spelling;
import dev.larder.spi.SettingsFormat.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says to a cache manager, checked as a whole: all that is wrong with it
 * is in one exception.
 */
public final class ManagerSettings {
  /** The settings of a manager without a file. */
  public static final ManagerSettings NONE = new ManagerSettings(null, List.of());

  private final @Nullable URI backend;
  private final List<CacheTemplate> templates;

  private ManagerSettings(@Nullable URI backend, List<CacheTemplate> templates) {
    this.backend = backend;
    this.templates = templates;
  }

  /** Returns the URI of the backend, or {@code null} if the file names none. */
  public @Nullable URI backend() {
    return backend;
  }

  /** Returns the caches that exist from the start. */
  public Map<String, LarderConfiguration<?, ?>> declared() {
    Map<String, LarderConfiguration<?, ?>> caches = new LinkedHashMap<>();
    for (CacheTemplate template : templates) {
      if (!template.isPattern()) {
        caches.put(template.name(), complete(template.name(), template.create()));
      }
    }
    return caches;
  }

  /**
   * Returns the configuration of a cache that a program creates: what the program left open, the
   * most specific of the templates that match the name decides.
   */
  public <K, V> LarderConfiguration<K, V> complete(
      String cacheName, LarderConfiguration<K, V> given) {
    LarderConfiguration<K, V> configuration = given;
    for (CacheTemplate template : templates) {
      if (template.matches(cacheName)) {
        configuration = template.complete(configuration);
      }
    }
    return configuration;
  }

  /**
   * Checks the settings of a file.
   *
   * @throws CacheException that lists all that is wrong
   */
  static ManagerSettings of(String file, List<Setting> settings, ClassLoader loader) {
    return new Check(file, loader).check(settings);
  }

  /** One check of one file. */
  private static final class Check {
    private final String file;
    private final ClassLoader loader;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Map<CacheSetting, Object>> caches = new LinkedHashMap<>();
    private @Nullable URI backend;

    Check(String file, ClassLoader loader) {
      this.file = file;
      this.loader = loader;
    }

    ManagerSettings check(List<Setting> settings) {
      settings.stream().sorted(Comparator.comparingInt(Setting::line)).forEach(this::check);
      if (!problems.isEmpty()) {
        throw new CacheException(
            "the configuration %s cannot be used:\n  %s"
                .formatted(file, String.join("\n  ", problems)));
      }
      List<CacheTemplate> templates = new ArrayList<>();
      caches.forEach((name, values) -> templates.add(new CacheTemplate(name, values)));
      templates.sort(
          Comparator.comparing(CacheTemplate::isPattern)
              .thenComparing(template -> -template.name().length()));
      return new ManagerSettings(backend, List.copyOf(templates));
    }

    private void check(Setting setting) {
      String place = file + (setting.line() > 0 ? ":" + setting.line() : "") + ": ";
      List<String> path = setting.path();
      try {
        String value = Placeholders.resolve(setting.value().strip());
        if (path.equals(List.of("uri"))) {
          backend = uri(value);
        } else if (path.size() == 3 && path.get(0).equals("caches")) {
          note(path.get(1), path.get(2), value);
        } else {
          String name = String.join(".", path);
          problems.add(
              place + Spelling.unknown("setting", name, List.of("uri", "caches.NAME.SETTING")));
        }
      } catch (IllegalArgumentException e) {
        problems.add(place + e.getMessage());
      }
    }

    private static URI uri(String value) {
      try {
        return new URI(value);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(
            "uri is no URI: %s at position %d".formatted(e.getReason(), e.getIndex()), e);
      }
    }

    private void note(String cache, String name, String value) {
      CacheSetting setting =
          Stream.of(CacheSetting.values())
              .filter(known -> known.text().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          Spelling.unknown(
                              "setting of a cache",
                              name,
                              Stream.of(CacheSetting.values()).map(CacheSetting::text).toList())));
      Map<CacheSetting, Object> values =
          caches.computeIfAbsent(cache, any -> new EnumMap<>(CacheSetting.class));
      for (CacheSetting present : values.keySet()) {
        if (setting.excludes(present)) {
          throw new IllegalArgumentException(
              "cache '%s' has %s and %s, which exclude each other; leave one out"
                  .formatted(cache, present.text(), setting.text()));
        }
      }
      try {
        values.put(setting, setting.parse(value, loader));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s of cache '%s' is '%s'; it must be %s (%s)"
                .formatted(name, cache, value, setting.meaning(), e.getMessage()),
            e);
      }
    }
  }
}
