package dev.larder.internal.front;

import dev.larder.internal.engine.Backend;
import dev.larder.internal.memory.MemoryBackend;
import dev.larder.internal.remote.RemoteBackend;
import dev.larder.internal.settings.ManagerSettings;
import dev.larder.internal.settings.ManagerUri;
import dev.larder.spi.RemoteStoreFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import javax.cache.CacheException;

/** Opens the backend that a manager's settings name. */
final class Backends {
  private static final Logger LOG = System.getLogger("dev.larder");

  private Backends() {}

  /**
   * Opens a backend.
   *
   * @param managerUri the manager's URI as it may be shown
   * @throws CacheException if the settings do not fit, or the backend cannot be reached
   */
  static Backend open(URI managerUri, ManagerSettings settings, ClassLoader classLoader) {
    RemoteStoreFactory factory = settings.factory();
    if (!settings.enabled()) {
      LOG.log(Level.WARNING, "larder.enabled is false: the caches of a manager keep nothing");
      return new MemoryBackend(managerUri.toString());
    }
    if (factory == null) {
      return new MemoryBackend(settings.backend().toString());
    }
    try {
      return new RemoteBackend(
          factory.open(settings.backend(), settings.values()),
          settings.namespace(),
          settings.undecodable(),
          classLoader);
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the URI '%s' cannot be used: %s"
              .formatted(ManagerUri.withoutUserInfo(settings.backend()), e.getMessage()),
          e);
    }
  }
}
