package dev.larder.cdi;

import dev.larder.LarderCachingProvider;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import javax.cache.CacheManager;
import org.ehcache.jsr107.EhcacheCachingProvider;

/** A provider of caches that the tests run on. */
enum Backend {
  MEMORY {
    @Override
    CacheManager open() {
      return new LarderCachingProvider().getCacheManager();
    }
  },
  REDIS {
    @Override
    CacheManager open() {
      return new LarderCachingProvider().getCacheManager(Server.uri(), null);
    }
  },
  EHCACHE {
    @Override
    CacheManager open() {
      return new EhcacheCachingProvider().getCacheManager();
    }
  };

  /** Opens a manager, which the caller closes. */
  abstract CacheManager open();

  /** The Redis of this JVM, started by the first test that needs it; ends with the JVM. */
  private static final class Server {
    private static final RedisServer SERVER = RedisServer.start();

    static URI uri() {
      return SERVER.uri();
    }
  }
}
