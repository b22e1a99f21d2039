package dev.larder.memcached;

import dev.larder.BackendException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the servers that a URI names. */
final class Addresses {
  private static final int DEFAULT_PORT = 11_211;
  private static final int GREATEST_PORT = 65_535;

  /** A name, an IPv4 address or an IPv6 address in brackets; and a port. */
  private static final Pattern SERVER =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,9}))?");

  private Addresses() {}

  /**
   * Returns the addresses of a URI's servers.
   *
   * @throws IllegalArgumentException if a part of it is not valid; the message has no secrets
   * @throws BackendException if the address of a host is not known
   */
  static List<InetSocketAddress> of(URI uri) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetSocketAddress server : unresolved(uri)) {
      InetSocketAddress address =
          new InetSocketAddress(resolved(server.getHostString()), server.getPort());
      if (addresses.contains(address)) {
        throw new IllegalArgumentException(
            "it names the server '%s' twice".formatted(name(address)));
      }
      addresses.add(address);
    }
    return addresses;
  }

  /**
   * Returns the names of a URI's servers, without looking for their addresses.
   *
   * @throws IllegalArgumentException if a part of it is not valid; the message has no secrets
   */
  static List<InetSocketAddress> unresolved(URI uri) {
    String servers = uri.getRawAuthority();
    if (servers == null || servers.isEmpty()) {
      throw new IllegalArgumentException("it names no host, as memcached://localhost:11211 does");
    }
    if (servers.contains("@")) {
      throw new IllegalArgumentException(
          "it has a user or a password, but authentication (SASL) is not supported; leave them out");
    }
    if (uri.getPath() != null && !uri.getPath().matches("/?")) {
      throw new IllegalArgumentException(
          "the path '%s' is not allowed; Memcached has no databases, but the parameter 'namespace'"
                  .formatted(uri.getPath())
              + " keeps applications apart");
    }
    return Arrays.stream(servers.split(",", -1)).map(Addresses::unresolved).toList();
  }

  private static InetSocketAddress unresolved(String server) {
    Matcher matcher = SERVER.matcher(server);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no server; write host:port, and commas between several".formatted(server));
    }
    String port = matcher.group(2);
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > GREATEST_PORT) {
      throw new IllegalArgumentException(
          "the port %d is not allowed; it is a number from 1 to %d"
              .formatted(number, GREATEST_PORT));
    }
    return InetSocketAddress.createUnresolved(Objects.requireNonNull(matcher.group(1)), number);
  }

  /** Keeps the name as it is written: the driver would look one up for an address. */
  private static InetAddress resolved(String host) {
    try {
      return InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw new BackendException(
          "cannot connect to Memcached: the host '%s' is not known".formatted(host), e, false);
    }
  }

  /** Names a server in messages. */
  static String name(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
