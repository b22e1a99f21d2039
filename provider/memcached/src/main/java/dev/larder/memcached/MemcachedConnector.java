package dev.larder.memcached;

import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.spy.memcached.FailureMode;

/**
 * Connects to Memcached with settings that fit a cache: nothing waits for a connection, nothing is
 * sent twice, everything has a time limit, and the first command finds the connections ready.
 */
final class MemcachedConnector {
  private static final Logger LOG = System.getLogger("dev.larder.memcached");

  /** A part of the bound, by which it is divided, that one call of many commands takes. */
  private static final int CALLS_OF_MANY = 16;

  private final ConnectionLimits limits;
  private final Duration scanTimeout;
  private final boolean binary;
  private final List<InetSocketAddress> addresses;

  /**
   * Reads a URI and the options.
   *
   * @throws IllegalArgumentException if a part of them is not valid
   */
  MemcachedConnector(URI uri, OptionValues values) {
    this.limits = MemcachedOptions.CONNECTION.limits(values);
    this.scanTimeout = values.get(MemcachedOptions.SCAN_TIMEOUT);
    this.binary = values.get(MemcachedOptions.PROTOCOL).equals(MemcachedOptions.BINARY);
    this.addresses = Addresses.of(uri);
  }

  /**
   * Connects to the servers.
   *
   * @throws dev.larder.BackendException if none can be reached, or one cannot be used
   */
  RemoteStore connect() {
    List<InetSocketAddress> reachable = reachable();
    DriverLog.install();
    Driver driver = new Driver(limits, binary, FailureMode.Cancel);
    Wire wire = new Wire(limits, new Failures(limits), connection(driver));
    Map<Server, KeyDump> dumps =
        wire.servers().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), server -> new KeyDump(server, limits, scanTimeout)));
    DriverClient client =
        new DriverClient(new Driver(limits, binary, FailureMode.Retry), addresses);
    Runnable close =
        () -> {
          wire.close();
          dumps.values().forEach(KeyDump::close);
          client.close();
        };
    try {
      wire.start();
      int itemLimit =
          new Handshake(wire, driver.getOperationFactory(), limits).itemLimit(reachable);
      return new MemcachedStore(
          new Commands(wire, driver.getOperationFactory(), binary, itemLimit),
          wire,
          dumps,
          client,
          Math.max(1, limits.inFlight() / CALLS_OF_MANY),
          close);
    } catch (RuntimeException e) {
      close.run();
      throw e;
    }
  }

  private Reconnecting connection(Driver driver) {
    try {
      return new Reconnecting(driver, addresses);
    } catch (IOException e) {
      throw Failures.connecting(names(), e);
    }
  }

  /** Returns the servers that can be reached. */
  private List<InetSocketAddress> reachable() {
    List<InetSocketAddress> reachable = new ArrayList<>();
    IOException failure = null;
    for (InetSocketAddress address : addresses) {
      try {
        Probe.check(address, binary, limits.connectTimeout());
        reachable.add(address);
      } catch (IOException e) {
        failure = e;
        LOG.log(
            Level.WARNING,
            "Memcached at {0} cannot be reached: {1}",
            Addresses.name(address),
            e.getMessage());
      }
    }
    if (reachable.isEmpty()) {
      throw Failures.connecting(names(), failure);
    }
    return reachable;
  }

  private String names() {
    return addresses.stream().map(Addresses::name).collect(Collectors.joining(","));
  }
}
