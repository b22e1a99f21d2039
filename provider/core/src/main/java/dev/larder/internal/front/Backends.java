package dev.larder.internal.front;

import dev.larder.internal.engine.Backend;
import dev.larder.internal.memory.MemoryBackend;
import java.net.URI;
import java.util.Locale;
import javax.cache.CacheException;

/** Finds the backend that a manager's URI names. */
final class Backends {
  private Backends() {}

  /**
   * Opens the backend of a URI.
   *
   * @throws CacheException if the URI names none
   */
  static Backend open(URI uri) {
    String scheme = uri.getScheme();
    return switch (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) {
      case "larder", "memory" -> new MemoryBackend(uri.toString());
      default ->
          throw new CacheException(
              ("no backend belongs to the URI '%s'; use larder:<name> or memory:<name> to keep"
                      + " entries in memory, or no URI for larder:default")
                  .formatted(uri));
    };
  }
}
