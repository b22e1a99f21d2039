package dev.larder.tck.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports of the loopback interface. */
final class Ports {
  /** Below the range from which systems take the ports of outgoing connections. */
  private static final int FIRST = 16_000;

  private static final int COUNT = 6_000;

  /** How far a cluster's second port is from the first. */
  private static final int CLUSTER_BUS = 10_000;

  private Ports() {}

  /**
   * Returns a port on which nobody listens, nor on the one that a node of a cluster adds to it.
   * Another process may take it before it is used.
   */
  static int free() {
    for (int i = 0; i < 1_000; i++) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      if (isFree(port) && isFree(port + CLUSTER_BUS)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port found from %d to %d".formatted(FIRST, FIRST + COUNT - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
