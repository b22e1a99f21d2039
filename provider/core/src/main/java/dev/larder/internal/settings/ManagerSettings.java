package dev.larder.internal.settings;

import dev.larder.LarderConfiguration;
import dev.larder.Undecodable;
import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What a manager's URI, the system, its properties and its configuration file together say, checked
 * as a whole: all that is wrong with it is in one exception.
 *
 * @param backend the URI of the backend
 * @param factory what opens the backend; {@code null} for the heap
 * @param values the options of the backend
 * @param namespace what stands before the keys of all caches
 * @param undecodable what bytes are that no value has, unless a cache says otherwise
 * @param enabled whether caches keep anything
 * @param templates what is said of caches, the most specific first
 */
public record ManagerSettings(
    URI backend,
    @Nullable RemoteStoreFactory factory,
    OptionValues values,
    String namespace,
    Undecodable undecodable,
    boolean enabled,
    List<CacheTemplate> templates) {
  static final Option<URI> URI_OPTION =
      Option.uri("uri").otherwise("memory:").meaning("where the caches are");
  static final Option<String> NAMESPACE =
      Option.text("namespace", Pattern.compile("(?s).*"), "any text")
          .otherwise("none")
          .meaning("stands before all keys, so that applications can share a server");
  static final Option<String> UNDECODABLE =
      Option.choice("undecodable", "miss", "fail")
          .otherwise("miss")
          .meaning("what bytes on a server are that are no value: missing, or an error");
  static final Option<Boolean> ENABLED =
      Option.flag("enabled")
          .otherwise("true")
          .meaning("`false`: caches keep nothing, and need no server");

  /** What can be said of the manager itself, whatever its backend is. */
  public static final List<Option<?>> OPTIONS =
      List.of(URI_OPTION, NAMESPACE, UNDECODABLE, ENABLED);

  /** What the URIs of all remote backends may say as well. */
  public static final List<Option<?>> PARAMETERS = List.of(NAMESPACE, UNDECODABLE);

  /** What can be said of a cache. */
  public static final List<Option<?>> CACHE_OPTIONS =
      Arrays.<CacheSetting>stream(CacheSetting.values())
          .<Option<?>>map(CacheSetting::option)
          .toList();

  /**
   * Reads the settings of a manager.
   *
   * @param managerUri the manager's URI
   * @param loader finds the file, backends, formats and classes
   * @param properties the manager's properties
   * @throws CacheException that lists all that is wrong
   */
  public static ManagerSettings of(URI managerUri, ClassLoader loader, Properties properties) {
    List<RemoteStoreFactory> backends = Services.backends(loader);
    return new SettingsCheck(managerUri, backends, loader)
        .check(Sources.of(managerUri, loader, properties, backends));
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
}
