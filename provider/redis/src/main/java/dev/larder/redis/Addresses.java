package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.OptionValues;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers that a URI names; checked for what the driver would pass over. */
final class Addresses {
  static final Set<String> SCHEMES =
      Set.of(
          "redis",
          "rediss",
          "redis-sentinel",
          "rediss-sentinel",
          "redis-cluster",
          "rediss-cluster");
  private static final String CLUSTER = "-cluster";
  private static final String NO_HOST = "it names no host, as redis://localhost:6379 does";

  private final List<RedisURI> all;
  private final boolean cluster;

  /**
   * Reads the addresses of a URI.
   *
   * @throws IllegalArgumentException if a part of it is not valid; the message has no secrets
   */
  Addresses(URI uri, OptionValues values, ConnectionLimits limits) {
    checkHost(uri);
    checkDatabase(uri);
    URI plain = withoutParameters(uri, values);
    this.cluster = uri.getScheme().toLowerCase(Locale.ROOT).endsWith(CLUSTER);
    this.all = cluster ? RedisClusterURIUtil.toRedisURIs(plain) : List.of(RedisURI.create(plain));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(NO_HOST);
    }
    for (RedisURI address : all) {
      apply(values, address);
      address.setTimeout(limits.connectTimeout());
      address.getSentinels().forEach(each -> each.setTimeout(limits.connectTimeout()));
    }
  }

  /** Returns the URI as the driver wants it; what the parameters say it hears from the options. */
  private static URI withoutParameters(URI uri, OptionValues values) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT).replace(CLUSTER, "");
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String primary = values.find(RedisOptions.SENTINEL_MASTER);
    String fragment =
        primary == null
            ? uri.getRawFragment()
            : URLEncoder.encode(primary, UTF_8).replace("+", "%20");
    return URI.create(
        scheme + "://" + uri.getRawAuthority() + path + (fragment == null ? "" : "#" + fragment));
  }

  private static void apply(OptionValues values, RedisURI address) {
    set(values.find(RedisOptions.DATABASE), number -> address.setDatabase(Math.toIntExact(number)));
    set(values.find(RedisOptions.CLIENT_NAME), address::setClientName);
    set(values.find(RedisOptions.LIBRARY_NAME), address::setLibraryName);
    set(values.find(RedisOptions.LIBRARY_VERSION), address::setLibraryVersion);
    address.setVerifyPeer(SslVerifyMode.valueOf(values.get(RedisOptions.VERIFY_PEER)));
  }

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static void checkHost(URI uri) {
    if (uri.getRawAuthority() == null) {
      throw new IllegalArgumentException(NO_HOST);
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
