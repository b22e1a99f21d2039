package dev.larder.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.spy.memcached.MemcachedClient;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own client, for those who ask for it. It has connections of its own, made when it is
 * first asked for: what is done with it cannot harm the calls of caches.
 */
final class DriverClient {
  private final Driver driver;
  private final List<InetSocketAddress> addresses;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable MemcachedClient client;
  private boolean closed;

  DriverClient(Driver driver, List<InetSocketAddress> addresses) {
    this.driver = driver;
    this.addresses = addresses;
  }

  /**
   * Returns the client, the same each time; its connections may be yet to come.
   *
   * @throws IllegalStateException if the store is closed
   */
  MemcachedClient get() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the connection to Memcached is closed");
      }
      MemcachedClient present = client;
      if (present == null) {
        present = new MemcachedClient(driver, addresses);
        client = present;
      }
      return present;
    } catch (IOException e) {
      throw Failures.connecting(addresses.toString(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the client's connections, if there are any. */
  void close() {
    lock.lock();
    try {
      closed = true;
      if (client != null) {
        client.shutdown();
      }
    } finally {
      lock.unlock();
    }
  }
}
