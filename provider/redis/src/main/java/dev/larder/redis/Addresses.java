package dev.larder.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The servers that a URI names; checked for what the driver would pass over. */
final class Addresses {
  private static final String CLUSTER = "redis-cluster";

  private final List<RedisURI> all;
  private final boolean cluster;

  /**
   * Reads the addresses of a URI.
   *
   * @throws IllegalArgumentException if a part of it is not valid; the message has no secrets
   */
  Addresses(URI uri, Limits limits) {
    checkHost(uri);
    checkDatabase(uri);
    String text = uri.toString();
    this.cluster = CLUSTER.equalsIgnoreCase(uri.getScheme());
    this.all =
        cluster
            ? RedisClusterURIUtil.toRedisURIs(
                URI.create("redis" + text.substring(CLUSTER.length())))
            : List.of(RedisURI.create(text));
    for (RedisURI address : all) {
      address.setTimeout(limits.connectTimeout());
      address.getSentinels().forEach(each -> each.setTimeout(limits.connectTimeout()));
    }
  }

  private static void checkHost(URI uri) {
    if (uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("it names no host, as redis://localhost:6379 does");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException(
          "the port %d is not allowed; it is a number from 1 to 65535".formatted(uri.getPort()));
    }
  }

  private static void checkDatabase(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!path.matches("/?|/\\d{1,9}")) {
      throw new IllegalArgumentException(
          "the path '%s' is not allowed; it is the number of a database, such as /0"
              .formatted(path.replaceAll("^.*@", "…@"))); // the rest of a password with a slash
    }
  }

  boolean isCluster() {
    return cluster;
  }

  /** Returns the one address of what is not a cluster. */
  RedisURI only() {
    return all.get(0);
  }

  List<RedisURI> all() {
    return all;
  }

  /** Names hosts and ports, and nothing else. */
  @Override
  public String toString() {
    return all.stream().flatMap(Addresses::hosts).collect(Collectors.joining(","));
  }

  private static Stream<String> hosts(RedisURI address) {
    return address.getSentinels().isEmpty()
        ? Stream.of(address.getHost() + ":" + address.getPort())
        : address.getSentinels().stream().flatMap(Addresses::hosts);
  }
}
