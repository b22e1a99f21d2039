package dev.larder.redis;

import dev.larder.tck.CommandContract;
import dev.larder.tck.DecoratorContract;
import dev.larder.tck.LockContract;
import dev.larder.tck.ManualTicker;
import dev.larder.tck.PluginContract;
import dev.larder.tck.Subject;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts of asynchronous caches, on a server of their own. */
class RedisCommandsTest {
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
    public void elapse(ManualTicker ticker, Duration time) {
      long end = System.nanoTime() + time.toNanos();
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  @Nested
  class Command extends CommandContract {
    Command() {
      super(new Server());
    }
  }

  @Nested
  class Plugin extends PluginContract {
    Plugin() {
      super(new Server());
    }
  }

  @Nested
  class Lock extends LockContract {
    Lock() {
      super(new Server());
    }
  }

  @Nested
  class Decorator extends DecoratorContract {
    Decorator() {
      super(new Server());
    }
  }
}
