package dev.larder.redis;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Connects to Redis with settings that fit a cache: nothing waits in a queue while there is no
 * connection, nothing is sent twice, and everything has a time limit.
 */
final class RedisConnector {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
  private static final int IN_FLIGHT = 4_096;
  private static final int TIMEOUTS_IN_A_ROW = 5;
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(50);
  private static final Duration LAST_RECONNECT = Duration.ofSeconds(2);

  private final URI uri;
  private final Limits limits;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ClientResources resources;

  private RedisConnector(URI uri) {
    this.uri = uri;
    boolean timeoutGiven = uri.getQuery() != null && uri.getQuery().contains("timeout=");
    Duration timeout = timeoutGiven ? addresses().get(0).getTimeout() : DEFAULT_TIMEOUT;
    this.limits = new Limits(timeout, IN_FLIGHT, TIMEOUTS_IN_A_ROW);
    this.resources =
        DefaultClientResources.builder()
            .reconnectDelay(
                Delay.fullJitter(FIRST_RECONNECT, LAST_RECONNECT, 50, TimeUnit.MILLISECONDS))
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    channels.add(channel);
                  }
                })
            .build();
  }

  /** Connects to what a URI names. */
  static RemoteStore connect(URI uri) {
    RedisConnector connector = new RedisConnector(uri);
    try {
      return uri.getScheme().equals("redis-cluster")
          ? connector.connectCluster()
          : connector.connectServer();
    } catch (RedisException e) {
      var unused = connector.resources.shutdown(0, 1, TimeUnit.SECONDS);
      throw new BackendException(
          "cannot connect to Redis at %s: %s".formatted(connector.server(), rootMessage(e)),
          e,
          false);
    }
  }

  private RemoteStore connectServer() {
    RedisURI address = addresses().get(0);
    address.setTimeout(limits.timeout());
    RedisClient client = RedisClient.create(resources, address);
    client.setOptions(options(ClientOptions.builder()).build());
    StatefulRedisConnection<byte[], byte[]> connection =
        connectOrShutDown(client, () -> client.connect(ByteArrayCodec.INSTANCE));
    connection.setTimeout(limits.timeout());
    KeyScan scan =
        new KeyScan(
            () -> List.of("server"), node -> CompletableFuture.completedFuture(connection.async()));
    return new LettuceStore(connection.async(), scan, wire(), () -> shutDown(client));
  }

  private RemoteStore connectCluster() {
    List<RedisURI> addresses = addresses();
    addresses.forEach(address -> address.setTimeout(limits.timeout()));
    RedisClusterClient client = RedisClusterClient.create(resources, addresses);
    ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
    options(builder);
    client.setOptions(
        builder
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .adaptiveRefreshTriggersTimeout(limits.timeout())
                    .build())
            .build());
    StatefulRedisClusterConnection<byte[], byte[]> connection =
        connectOrShutDown(client, () -> client.connect(ByteArrayCodec.INSTANCE));
    connection.setTimeout(limits.timeout());
    KeyScan scan =
        new KeyScan(
            () -> upstreams(connection),
            node -> connection.getConnectionAsync(node).thenApply(StatefulRedisConnection::async));
    return new LettuceStore(connection.async(), scan, wire(), () -> shutDown(client));
  }

  private static List<String> upstreams(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
    return cluster.getPartitions().stream()
        .filter(node -> node.getRole().isUpstream() && !node.getSlots().isEmpty())
        .map(RedisClusterNode::getNodeId)
        .sorted()
        .toList();
  }

  private <B extends ClientOptions.Builder> B options(B builder) {
    builder
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .requestQueueSize(limits.driverQueue())
        .socketOptions(
            SocketOptions.builder().connectTimeout(limits.timeout()).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.enabled(limits.timeout()));
    return builder;
  }

  private Wire wire() {
    return new Wire(
        server(),
        limits,
        () -> {
          var unused = channels.close();
        });
  }

  private <T> T connectOrShutDown(AbstractRedisClient client, Supplier<T> connect) {
    try {
      return connect.get();
    } catch (RuntimeException e) {
      client.shutdown(Duration.ZERO, limits.timeout());
      throw e;
    }
  }

  private void shutDown(AbstractRedisClient client) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }

  /** Returns the addresses that the URI names; of a cluster's, all have its password. */
  private List<RedisURI> addresses() {
    String text = uri.toString();
    return uri.getScheme().equals("redis-cluster")
        ? RedisClusterURIUtil.toRedisURIs(URI.create(text.replaceFirst("redis-cluster:", "redis:")))
        : List.of(RedisURI.create(text));
  }

  /** Names the server in errors, without any secret. */
  private String server() {
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
