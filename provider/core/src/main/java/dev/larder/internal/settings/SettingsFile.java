package dev.larder.internal.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.SettingsFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration file of a manager: the one that a {@code file:} or {@code classpath:} URI
 * names, or {@code larder.properties}, {@code larder.yaml} … on the class path for {@code larder:}.
 */
public final class SettingsFile {
  private static final String CLASSPATH = "classpath";

  private SettingsFile() {}

  /** Says whether a URI names a configuration file. */
  public static boolean isNamedBy(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("file") || scheme.equals(CLASSPATH);
  }

  /**
   * Reads the settings of a manager.
   *
   * @throws CacheException if there is no such file, or something is wrong with it
   */
  public static ManagerSettings of(URI managerUri, ClassLoader loader) {
    if (isNamedBy(managerUri)) {
      return named(managerUri, loader);
    }
    return "larder".equalsIgnoreCase(managerUri.getScheme())
        ? onClassPath(loader)
        : ManagerSettings.NONE;
  }

  private static ManagerSettings named(URI uri, ClassLoader loader) {
    String name = uri.toString();
    try {
      if (!CLASSPATH.equalsIgnoreCase(uri.getScheme())) {
        return read(name, Files.readString(Path.of(uri)), loader);
      }
      String resource = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
      URL url = loader.getResource(resource);
      if (url == null) {
        throw new CacheException("the URI '%s' names nothing on the class path".formatted(name));
      }
      return read(name, text(url), loader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CacheException("the configuration %s cannot be read: %s".formatted(name, e), e);
    }
  }

  private static ManagerSettings onClassPath(ClassLoader loader) {
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
    return found.isEmpty()
        ? ManagerSettings.NONE
        : named(URI.create(CLASSPATH + ":" + found.get(0)), loader);
  }

  private static String text(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static ManagerSettings read(String name, String text, ClassLoader loader) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    SettingsFormat format = format(extension, loader);
    if (format == null) {
      throw new CacheException(
          ("the configuration %s has a format that nothing on the class path reads; it reads %s"
                  + " (with larder-jackson also json and yaml)")
              .formatted(name, extensions(loader)));
    }
    try {
      return ManagerSettings.of(name, format.read(text), loader);
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the configuration %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static @Nullable SettingsFormat format(String extension, ClassLoader loader) {
    for (SettingsFormat format : formats(loader)) {
      if (format.extensions().contains(extension)) {
        return format;
      }
    }
    return null;
  }

  private static Set<String> extensions(ClassLoader loader) {
    Set<String> extensions = new TreeSet<>();
    formats(loader).forEach(format -> extensions.addAll(format.extensions()));
    return extensions;
  }

  /** Finds formats where the application is, and where Larder is. */
  private static List<SettingsFormat> formats(ClassLoader loader) {
    List<SettingsFormat> formats = new ArrayList<>();
    formats.add(new PropertiesFormat());
    ServiceLoader.load(SettingsFormat.class, loader).forEach(formats::add);
    ServiceLoader.load(SettingsFormat.class, SettingsFile.class.getClassLoader())
        .forEach(formats::add);
    return formats;
  }
}
