package dev.larder.internal.settings;

import dev.larder.internal.Spelling;
import dev.larder.spi.Option;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a manager's settings, those that win first: the URI that a program names, system
 * properties, the environment, the properties that a program passes, the configuration file.
 */
final class Sources {
  private static final String PREFIX = "larder.";

  private Sources() {}

  static List<List<Given>> of(
      URI managerUri,
      ClassLoader loader,
      Properties properties,
      List<RemoteStoreFactory> backends) {
    return List.of(
        uri(managerUri),
        system(backends),
        environment(backends),
        properties(properties),
        SettingsFile.of(managerUri, loader));
  }

  private static List<Given> uri(URI uri) {
    return ManagerUri.isOpen(uri)
        ? List.of()
        : List.of(
            new Given(List.of(ManagerSettings.URI_OPTION.name()), uri.toString(), placeOf(uri)));
  }

  /** Names the manager's URI as the place of a setting. */
  static String placeOf(URI uri) {
    return "the URI '%s'".formatted(ManagerUri.withoutUserInfo(uri));
  }

  /** Passes over what is not like any setting: the prefix is not Larder's alone. */
  private static List<Given> system(List<RemoteStoreFactory> backends) {
    List<String> known = new ArrayList<>(List.of(SettingsCheck.CACHES));
    ManagerSettings.OPTIONS.forEach(option -> known.add(option.name()));
    backends.forEach(backend -> known.add(backend.name()));
    return prefixed(System.getProperties(), "-D").stream()
        .filter(given -> !given.value().isBlank())
        .filter(given -> Spelling.nearest(given.path().get(0), known) != null)
        .toList();
  }

  private static List<Given> environment(List<RemoteStoreFactory> backends) {
    List<Given> found = new ArrayList<>();
    ManagerSettings.OPTIONS.forEach(option -> addVariable(found, null, option));
    for (RemoteStoreFactory backend : backends) {
      backend.options().forEach(option -> addVariable(found, backend.name(), option));
    }
    return found;
  }

  private static void addVariable(List<Given> found, @Nullable String section, Option<?> option) {
    String variable = variable(section, option);
    String value = System.getenv(variable);
    if (value != null && !value.isBlank()) {
      List<String> path =
          section == null ? List.of(option.name()) : List.of(section, option.name());
      found.add(new Given(path, value, variable));
    }
  }

  /** Returns the environment variable of an option, such as LARDER_REDIS_CONNECT_TIMEOUT. */
  static String variable(@Nullable String section, Option<?> option) {
    String name = option.name().replaceAll("([A-Z])", "_$1");
    return "LARDER_%s%s"
        .formatted(section == null ? "" : section + "_", name)
        .toUpperCase(Locale.ROOT)
        .replace('-', '_');
  }

  private static List<Given> properties(Properties properties) {
    return prefixed(properties, "the property ");
  }

  private static List<Given> prefixed(Properties properties, String what) {
    Stream<String> names =
        new TreeSet<>(properties.stringPropertyNames())
            .stream().filter(name -> name.startsWith(PREFIX) && name.length() > PREFIX.length());
    return names
        .map(
            name -> {
              String value = properties.getProperty(name);
              return new Given(
                  PropertiesFormat.path(name.substring(PREFIX.length()), value),
                  value,
                  what + name);
            })
        .toList();
  }
}
