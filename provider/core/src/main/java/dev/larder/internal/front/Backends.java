package dev.larder.internal.front;

import dev.larder.Undecodable;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.memory.MemoryBackend;
import dev.larder.internal.remote.RemoteBackend;
import dev.larder.internal.settings.ManagerSettings;
import dev.larder.internal.settings.SettingsFile;
import dev.larder.spi.RemoteStoreFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the backend that a manager's URI names.
 *
 * <p>{@code memory:} is the heap. {@code larder:} is the heap too, unless the system property
 * {@code larder.uri}, the environment variable {@code LARDER_URI} or a configuration file names
 * another backend: so an application that names none can be moved. Any other scheme belongs to a
 * {@link RemoteStoreFactory}.
 *
 * <p>Where the system property {@code larder.enabled}, or the environment variable {@code
 * LARDER_ENABLED}, is {@code false}, caches keep nothing and no backend is needed.
 */
final class Backends {
  private static final Logger LOG = System.getLogger("dev.larder");
  private static final String PROPERTY = "larder.uri";
  private static final String VARIABLE = "LARDER_URI";
  private static final String NAMESPACE = "namespace";
  private static final String UNDECODABLE = "undecodable";
  private static final String SWITCH = "larder.enabled";
  private static final String SWITCH_VARIABLE = "LARDER_ENABLED";

  /** All up to the last at sign, be it well-formed or not, and the host behind it. */
  private static final Pattern USER_INFO = Pattern.compile("^([^:]+:(?://)?)[^?]*@([^/?#]*)");

  private Backends() {}

  /**
   * Opens the backend of a URI.
   *
   * @throws CacheException if the URI names none, or the backend cannot be reached
   */
  static Backend open(
      URI managerUri, ManagerSettings settings, Properties properties, ClassLoader classLoader) {
    URI uri = target(managerUri, settings);
    if (isHeap(uri)) {
      return new MemoryBackend(uri.toString());
    }
    String scheme = scheme(uri);
    Set<String> known = new TreeSet<>(List.of("larder", "memory"));
    for (RemoteStoreFactory factory : factories(classLoader)) {
      if (factory.schemes().contains(scheme)) {
        return open(factory, uri, properties, classLoader);
      }
      known.addAll(factory.schemes());
    }
    throw new CacheException(
        ("no backend belongs to the URI '%s'; the class path has backends for the schemes %s"
                + " (larder-redis and larder-memcached have one each)")
            .formatted(withoutUserInfo(uri), known));
  }

  /**
   * Says whether caches are to keep anything.
   *
   * @throws CacheException if the switch is neither on nor off
   */
  static boolean areEnabled() {
    String value = setting(SWITCH, SWITCH_VARIABLE);
    if (value == null || value.equalsIgnoreCase("true")) {
      return true;
    }
    if (value.equalsIgnoreCase("false")) {
      LOG.log(Level.WARNING, "{0} is false: the caches of a manager keep nothing", SWITCH);
      return false;
    }
    throw new CacheException(
        "%s (or %s) is '%s'; it must be true or false".formatted(SWITCH, SWITCH_VARIABLE, value));
  }

  /** Says whether the caches of a manager are on the heap. */
  static boolean isMemory(URI managerUri, ManagerSettings settings) {
    return isHeap(target(managerUri, settings));
  }

  private static boolean isHeap(URI uri) {
    String scheme = scheme(uri);
    return scheme.equals("larder") || scheme.equals("memory") || SettingsFile.isNamedBy(uri);
  }

  private static RemoteBackend open(
      RemoteStoreFactory factory, URI uri, Properties properties, ClassLoader classLoader) {
    try {
      Undecodable undecodable = Undecodable.named(shared(uri, properties, UNDECODABLE, "miss"));
      String namespace = shared(uri, properties, NAMESPACE, "");
      return new RemoteBackend(factory.open(uri, properties), namespace, undecodable, classLoader);
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the URI '%s' cannot be used: %s".formatted(withoutUserInfo(uri), e.getMessage()), e);
    }
  }

  /** Returns a setting that all remote backends have, from the URI or else the properties. */
  private static String shared(URI uri, Properties properties, String name, String otherwise) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    for (String setting : query.split("&", -1)) {
      if (setting.startsWith(name + "=")) {
        return setting.substring(name.length() + 1);
      }
    }
    return properties.getProperty("larder." + name, otherwise);
  }

  /** Returns the URI of the backend that a manager's URI leads to. */
  private static URI target(URI uri, ManagerSettings settings) {
    if (!scheme(uri).equals("larder") && !SettingsFile.isNamedBy(uri)) {
      return uri;
    }
    String target = configuredUri();
    if (target == null) {
      return settings.backend() == null ? uri : settings.backend();
    }
    try {
      return new URI(target);
    } catch (URISyntaxException e) {
      throw new CacheException(
          "%s (or %s) is no URI: %s at position %d"
              .formatted(PROPERTY, VARIABLE, e.getReason(), e.getIndex()),
          null);
    }
  }

  private static @Nullable String configuredUri() {
    return setting(PROPERTY, VARIABLE);
  }

  private static @Nullable String setting(String property, String variable) {
    String set = System.getProperty(property);
    String value = set == null ? System.getenv(variable) : set;
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Finds factories where the application is, and where Larder is. */
  private static Iterable<RemoteStoreFactory> factories(ClassLoader classLoader) {
    Set<Class<?>> seen = new LinkedHashSet<>();
    List<RemoteStoreFactory> found = new ArrayList<>();
    for (ClassLoader loader : List.of(classLoader, Backends.class.getClassLoader())) {
      for (RemoteStoreFactory factory : ServiceLoader.load(RemoteStoreFactory.class, loader)) {
        if (seen.add(factory.getClass())) {
          found.add(factory);
        }
      }
    }
    return found;
  }

  /** Returns a URI as it may be shown: what may be a user name and a password is left out. */
  static URI withoutUserInfo(URI uri) {
    if (isHeap(uri)) {
      return uri;
    }
    Matcher secret = USER_INFO.matcher(uri.toString());
    return URI.create(secret.replaceFirst(found -> found.group(2).isEmpty() ? "$1/" : "$1$2"));
  }
}
