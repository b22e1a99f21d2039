package dev.larder.internal.settings;

import dev.larder.spi.RemoteStoreFactory;
import dev.larder.spi.SettingsFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** Finds backends and formats where the application is, and where Larder is. */
final class Services {
  private Services() {}

  static List<RemoteStoreFactory> backends(ClassLoader loader) {
    return both(
        ServiceLoader.load(RemoteStoreFactory.class, loader),
        ServiceLoader.load(RemoteStoreFactory.class, Services.class.getClassLoader()));
  }

  static List<SettingsFormat> formats(ClassLoader loader) {
    List<SettingsFormat> formats =
        both(
            ServiceLoader.load(SettingsFormat.class, loader),
            ServiceLoader.load(SettingsFormat.class, Services.class.getClassLoader()));
    formats.add(0, new PropertiesFormat());
    return formats;
  }

  private static <T> List<T> both(Iterable<T> applications, Iterable<T> ours) {
    Set<Class<?>> seen = new LinkedHashSet<>();
    List<T> found = new ArrayList<>();
    for (Iterable<T> services : List.of(applications, ours)) {
      for (T service : services) {
        if (seen.add(service.getClass())) {
          found.add(service);
        }
      }
    }
    return found;
  }
}
