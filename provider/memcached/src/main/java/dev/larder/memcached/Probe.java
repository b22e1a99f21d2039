package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A first look at an address, before the driver is let loose on it: the driver tells nobody why it
 * cannot connect, and takes whatever comes for an answer of Memcached, with the length that it
 * seems to have.
 */
final class Probe {
  /** A command of the binary protocol that does nothing. */
  private static final byte[] NOOP = new byte[24];

  private static final byte[] VERSION = "version\r\n".getBytes(US_ASCII);
  private static final int BINARY_ANSWER = 0x81;
  private static final int VERSION_ANSWER = 'V';

  static {
    NOOP[0] = (byte) 0x80;
    NOOP[1] = 0x0a;
  }

  private Probe() {}

  /**
   * Asks for a first byte.
   *
   * @throws IOException if there is no server, or none of Memcached's protocol
   */
  static void check(InetSocketAddress address, boolean binary, Duration limit) throws IOException {
    int millis = Math.toIntExact(limit.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(address, millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(binary ? NOOP : VERSION);
      int first = firstByte(socket, binary);
      if (first != (binary ? BINARY_ANSWER : VERSION_ANSWER)) {
        throw new IOException(
            "what answers there is no Memcached with the %s protocol: its first byte is %d"
                .formatted(name(binary), first));
      }
    }
  }

  private static int firstByte(Socket socket, boolean binary) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw new IOException("it does not answer in the %s protocol".formatted(name(binary)), e);
    }
  }

  private static String name(boolean binary) {
    return binary ? MemcachedOptions.BINARY : MemcachedOptions.ASCII;
  }
}
