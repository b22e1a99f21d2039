package dev.larder.redis;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.Disposable;

/**
 * Connects to Redis with settings that fit a cache: nothing waits in a queue while there is no
 * connection, nothing is sent twice, and everything has a time limit.
 */
final class RedisConnector {
  private static final Logger LOG = System.getLogger("dev.larder.redis");
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(5);
  private static final int TIMER_TICK_MILLIS = 10;
  private static final int CLOSE_SECONDS = 1;

  private final SslOptions tls;
  private final ConnectionLimits limits;
  private final Duration reconnectPause;
  private final int coalesce;
  private final Addresses addresses;
  private final Failures failures;
  private final Connections connections;
  private final ClientResources resources;
  private final Wire wire;
  private final Disposable events;

  private RedisConnector(URI uri, OptionValues values) {
    this.tls = TlsSettings.of(values);
    this.limits = RedisOptions.CONNECTION.limits(values);
    this.reconnectPause = values.get(RedisOptions.RECONNECT_PAUSE);
    this.coalesce = Math.toIntExact(values.get(RedisOptions.COALESCE));
    this.addresses = new Addresses(uri, values, limits);
    String server = addresses.toString();
    this.failures = new Failures(server, limits);
    this.connections = new Connections(server, limits);
    HashedWheelTimer timer =
        new HashedWheelTimer(
            new DefaultThreadFactory("larder-redis-timer", true),
            TIMER_TICK_MILLIS,
            TimeUnit.MILLISECONDS);
    this.resources =
        DefaultClientResources.builder()
            .reconnectDelay(reconnectDelay())
            .timer(timer)
            .nettyCustomizer(connections)
            .build();
    this.wire = new Wire(limits, failures, connections, timer);
    this.events = resources.eventBus().get().subscribe(this::noteConnection);
  }

  private Delay reconnectDelay() {
    long pause = reconnectPause.toMillis();
    return Delay.fullJitter(
        FIRST_RECONNECT, reconnectPause, Math.max(1, pause / 10), TimeUnit.MILLISECONDS);
  }

  /** Keeps the reason for which there is no connection: the driver only logs it. */
  private void noteConnection(Event event) {
    if (event instanceof ReconnectFailedEvent failed) {
      failures.noteCannotConnect(failed.getCause());
    } else if (event instanceof ConnectionActivatedEvent) {
      failures.noteConnected();
    }
  }

  /**
   * Connects to what a URI names.
   *
   * @throws IllegalArgumentException if a part of the URI, or an option, is not valid
   * @throws BackendException if there is no connection
   */
  static RemoteStore connect(URI uri, OptionValues values) {
    RedisConnector connector = new RedisConnector(uri, values);
    return connector.addresses.isCluster() ? connector.connectCluster() : connector.connectServer();
  }

  private RemoteStore connectServer() {
    RedisClient client = RedisClient.create(resources, addresses.only());
    client.setOptions(options(ClientOptions.builder()).build());
    StatefulRedisConnection<byte[], byte[]> connection =
        connectOrShutDown(client, () -> client.connect(ByteArrayCodec.INSTANCE));
    KeyScan scan =
        new KeyScan(
            () -> List.of("server"), node -> CompletableFuture.completedFuture(connection.async()));
    return new LettuceStore(
        connection.async(),
        scan,
        wire,
        false,
        List.of(connection, client),
        coalesce,
        () -> shutDown(client));
  }

  private RemoteStore connectCluster() {
    RedisClusterClient client = RedisClusterClient.create(resources, addresses.all());
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
    connectToAll(connection).join();
    Disposable changes =
        resources
            .eventBus()
            .get()
            .filter(ClusterTopologyChangedEvent.class::isInstance)
            .subscribe(
                change -> {
                  var unused = connectToAll(connection);
                });
    KeyScan scan =
        new KeyScan(
            () -> upstreams(connection).map(RedisClusterNode::getNodeId).toList(),
            node -> connection.getConnectionAsync(node).thenApply(StatefulRedisConnection::async));
    return new LettuceStore(
        connection.async(),
        scan,
        wire,
        true,
        List.of(connection, client),
        1, // keys of several servers must not share a failure
        () -> {
          changes.dispose();
          shutDown(client);
        });
  }

  /**
   * Connects to all servers of a cluster: the driver does so when it first needs one, and rejects
   * commands to it until it has.
   */
  private static CompletableFuture<?> connectToAll(
      StatefulRedisClusterConnection<byte[], byte[]> cluster) {
    return CompletableFuture.allOf(
        upstreams(cluster)
            .map(RedisClusterNode::getUri)
            .map(
                uri ->
                    cluster
                        .getConnectionAsync(uri.getHost(), uri.getPort())
                        .handle((connection, failure) -> null)) // it is tried again when needed
            .toArray(CompletableFuture[]::new));
  }

  private static Stream<RedisClusterNode> upstreams(
      StatefulRedisClusterConnection<byte[], byte[]> cluster) {
    return cluster.getPartitions().stream()
        .filter(node -> node.getRole().isUpstream() && !node.getSlots().isEmpty())
        .sorted(Comparator.comparing(RedisClusterNode::getNodeId));
  }

  private <B extends ClientOptions.Builder> B options(B builder) {
    builder
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .requestQueueSize(2 * limits.inFlight()) // never full, for it logs what it rejects
        .socketOptions(SocketOptions.builder().connectTimeout(limits.connectTimeout()).build())
        .sslOptions(tls)
        .timeoutOptions(TimeoutOptions.create());
    withoutMaintenanceNotifications(builder);
    return builder;
  }

  /** Asks for no notifications, which Lettuce 6 has none of. */
  private static void withoutMaintenanceNotifications(ClientOptions.Builder builder) {
    try {
      builder.maintNotificationsConfig(MaintNotificationsConfig.disabled());
    } catch (LinkageError e) {
      LOG.log(Level.DEBUG, "this Lettuce has no notifications of maintenance to switch off");
    }
  }

  private <T> T connectOrShutDown(AbstractRedisClient client, Supplier<T> connect) {
    try {
      return connect.get();
    } catch (RedisException e) {
      shutDown(client);
      throw failures.connecting(e);
    } catch (RuntimeException e) {
      shutDown(client);
      throw e;
    }
  }

  /** Ends all that the store has begun, though the caller be interrupted. */
  private void shutDown(AbstractRedisClient client) {
    wire.beginClose();
    events.dispose();
    boolean interrupted = Thread.interrupted();
    try {
      client.shutdownAsync(0, CLOSE_SECONDS, TimeUnit.SECONDS).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "the connection to Redis at " + addresses + " does not close", e);
    }
    var unused =
        resources
            .shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    wire.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
