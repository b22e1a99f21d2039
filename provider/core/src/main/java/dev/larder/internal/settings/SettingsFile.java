package dev.larder.internal.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.SettingsFormat;
import dev.larder.spi.SettingsFormat.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.CacheException;

/**
 * Finds the configuration file of a manager: the one that a {@code file:}, {@code classpath:} or
 * {@code jar:} URI names, or {@code larder.properties}, {@code larder.yaml} … on the class path for
 * {@code larder:}.
 */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads the file of a manager, if it has one.
   *
   * @throws CacheException if there is no such file, or it is not of its format
   */
  static List<Given> of(URI managerUri, ClassLoader loader) {
    if (ManagerUri.namesFile(managerUri)) {
      return named(managerUri, loader);
    }
    return ManagerUri.isOpen(managerUri) ? onClassPath(loader) : List.of();
  }

  private static List<Given> named(URI uri, ClassLoader loader) {
    String name = uri.toString();
    try {
      return switch (ManagerUri.scheme(uri)) {
        case "file" -> read(name, Files.readString(path(uri)), loader);
        case "classpath" -> resource(name, uri.getSchemeSpecificPart(), loader);
        default -> read(name, text(uri.toURL()), loader);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw new CacheException("the configuration %s cannot be read: %s".formatted(name, e), e);
    }
  }

  private static Path path(URI uri) {
    return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
  }

  private static List<Given> resource(String name, String path, ClassLoader loader)
      throws IOException {
    URL url = loader.getResource(path.replaceFirst("^/+", ""));
    if (url == null) {
      throw new CacheException("the URI '%s' names nothing on the class path".formatted(name));
    }
    return read(name, text(url), loader);
  }

  private static List<Given> onClassPath(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    for (String extension : extensions(loader)) {
      String name = "larder." + extension;
      if (loader.getResource(name) != null) {
        found.add(name);
      }
    }
    if (found.size() > 1) {
      throw new CacheException(
          "there are several configurations on the class path, %s; keep one".formatted(found));
    }
    return found.isEmpty() ? List.of() : named(URI.create("classpath:" + found.get(0)), loader);
  }

  /** Reads without the JVM's cache of archives, which would keep the application's open. */
  private static String text(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static List<Given> read(String name, String text, ClassLoader loader) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    SettingsFormat format =
        Services.formats(loader).stream()
            .filter(each -> each.extensions().contains(extension))
            .findFirst()
            .orElseThrow(
                () ->
                    new CacheException(
                        ("the configuration %s has a format that nothing on the class path reads;"
                                + " it reads %s (with larder-jackson also json and yaml)")
                            .formatted(name, extensions(loader))));
    try {
      return format.read(text).stream()
          .sorted(Comparator.comparingInt(Setting::line))
          .map(
              setting ->
                  new Given(
                      setting.path(),
                      setting.value(),
                      setting.line() > 0 ? name + ":" + setting.line() : name))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the configuration %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Set<String> extensions(ClassLoader loader) {
    Set<String> extensions = new TreeSet<>();
    Services.formats(loader).forEach(format -> extensions.addAll(format.extensions()));
    return extensions;
  }
}
