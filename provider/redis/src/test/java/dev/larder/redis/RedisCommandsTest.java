package dev.larder.redis;

import dev.larder.tck.Capability;
import dev.larder.tck.CommandContracts;
import dev.larder.tck.ManualTicker;
import dev.larder.tck.Subject;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contracts of asynchronous caches, on a server of their own. */
class RedisCommandsTest extends CommandContracts {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The server's clock cannot be moved: tests wait for it. */
  private static final class Server implements Subject {
    @Override
    public URI uri() {
      return URI.create(server.uri() + "?timeout=10s");
    }

    @Override
    public Set<Capability> capabilities() {
      return EnumSet.of(Capability.ELAPSING_TIME, Capability.WAITS_IN_THE_CACHE);
    }

    @Override
    public void elapse(ManualTicker ticker, Duration time) {
      long end = System.nanoTime() + time.toNanos();
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  @Override
  protected Subject subject() {
    return new Server();
  }
}
