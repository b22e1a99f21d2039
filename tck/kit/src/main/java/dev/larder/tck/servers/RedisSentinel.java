package dev.larder.tck.servers;

import java.net.URI;
import java.util.List;

/** A primary, a replica, and a sentinel that watches over both under the name {@code primary}. */
public final class RedisSentinel implements AutoCloseable {
  private static final String NAME = "primary";

  private final RedisServer sentinel;
  private RedisServer primary;
  private RedisServer replica;

  private RedisSentinel(RedisServer sentinel, RedisServer primary, RedisServer replica) {
    this.sentinel = sentinel;
    this.primary = primary;
    this.replica = replica;
  }

  /**
   * Starts the three servers and returns when the replica is up to date and the sentinel knows it.
   *
   * @throws IllegalStateException if that fails; the message says why
   */
  public static RedisSentinel start() {
    RedisServer primary = RedisServer.start();
    try {
      RedisServer replica = RedisServer.start("replicaof 127.0.0.1 " + primary.port());
      try {
        return watched(primary, replica);
      } catch (RuntimeException e) {
        replica.close();
        throw e;
      }
    } catch (RuntimeException e) {
      primary.close();
      throw e;
    }
  }

  private static RedisSentinel watched(RedisServer primary, RedisServer replica) {
    replica.await("replicating", () -> text(replica, "INFO", "replication").contains("status:up"));
    RedisServer sentinel =
        RedisServer.startSentinel(
            List.of(
                "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
                "sentinel down-after-milliseconds " + NAME + " 500",
                "sentinel failover-timeout " + NAME + " 5000"));
    RedisSentinel group = new RedisSentinel(sentinel, primary, replica);
    try {
      sentinel.await("finding the replica", group::knowsReplica);
      return group;
    } catch (RuntimeException e) {
      sentinel.close();
      throw e;
    }
  }

  /** A sentinel elects a replica only after it has heard what it replicates. */
  private boolean knowsReplica() {
    String replicas = text(sentinel, "SENTINEL", "replicas", NAME);
    return replicas.contains("127.0.0.1:" + replica.port())
        && replicas.contains("master-link-status, ok")
        && replicas.contains("flags, slave,");
  }

  private static String text(RedisServer server, String... words) {
    return String.valueOf(server.command(words));
  }

  /** Returns the URI of a cache manager that keeps its caches on whichever is the primary. */
  public URI uri() {
    return URI.create("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#" + NAME);
  }

  /** Returns the server that is the primary. */
  public RedisServer primary() {
    return primary;
  }

  /** Returns the replica; after a failover, the former primary. */
  public RedisServer replica() {
    return replica;
  }

  /** Returns the sentinel. */
  public RedisServer sentinel() {
    return sentinel;
  }

  /** Kills the primary and returns when the sentinel has made the replica the primary. */
  public void failover() {
    RedisServer promoted = replica;
    primary.kill9();
    sentinel.await(
        "failing over",
        () ->
            text(sentinel, "SENTINEL", "get-master-addr-by-name", NAME)
                    .contains(Integer.toString(promoted.port()))
                && text(promoted, "ROLE").startsWith("[master"));
    replica = primary;
    primary = promoted;
  }

  /** Ends the servers; does nothing the second time. */
  @Override
  public void close() {
    sentinel.close();
    primary.close();
    replica.close();
  }
}
