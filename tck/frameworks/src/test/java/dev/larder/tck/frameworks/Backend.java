package dev.larder.tck.frameworks;

import dev.larder.tck.servers.MemcachedServer;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/** A backend that a framework is moved to without being told: by {@code larder.uri} alone. */
enum Backend {
  MEMORY,
  REDIS,
  MEMCACHED;

  private static final String PROPERTY = "larder.uri";

  private @Nullable AutoCloseable server;

  /** Makes this the backend of whoever names none, with a server of its own where it needs one. */
  void begin() {
    switch (this) {
      case MEMORY -> {}
      case REDIS -> serve(RedisServer.start());
      case MEMCACHED -> serve(MemcachedServer.start());
    }
  }

  private void serve(RedisServer started) {
    server = started;
    move(started.uri());
  }

  private void serve(MemcachedServer started) {
    server = started;
    move(started.uri());
  }

  private static void move(URI uri) {
    System.setProperty(PROPERTY, uri.toString());
  }

  /** Closes what the framework may have left open, and stops the server. */
  void end() throws Exception {
    Caching.getCachingProvider().close();
    System.clearProperty(PROPERTY);
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Says whether entries outlive the manager. */
  boolean isRemote() {
    return this != MEMORY;
  }
}
