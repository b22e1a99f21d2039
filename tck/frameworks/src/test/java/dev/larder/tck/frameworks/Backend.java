package dev.larder.tck.frameworks;

import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import javax.cache.Caching;

/** A backend that a framework is moved to without being told: by {@code larder.uri} alone. */
enum Backend {
  MEMORY,
  REDIS,
  MEMCACHED;

  private static final String PROPERTY = "larder.uri";

  /**
   * Makes this the backend of whoever names none, with a server of its own where it needs one.
   *
   * @return what ends it, and closes what the framework may have left open
   */
  AutoCloseable begin() {
    return switch (this) {
      case MEMORY -> () -> Caching.getCachingProvider().close();
      case REDIS -> {
        var server = RedisServer.start();
        yield moved(server.uri(), server);
      }
      case MEMCACHED -> {
        var server = MemcachedServer.start();
        yield moved(server.uri(), server);
      }
    };
  }

  private static AutoCloseable moved(URI uri, AutoCloseable server) {
    System.setProperty(PROPERTY, uri.toString());
    return () -> {
      Caching.getCachingProvider().close();
      System.clearProperty(PROPERTY);
      server.close();
    };
  }

  /** Says whether entries outlive the manager. */
  boolean isRemote() {
    return this != MEMORY;
  }
}
