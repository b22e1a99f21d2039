package dev.larder.tck.servers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis Cluster of three masters, each with a third of the slots, and no replica. */
public final class RedisCluster implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts the servers, makes them a cluster and returns when all slots are served.
   *
   * @param configuration lines of {@code redis.conf} for each server
   * @throws IllegalStateException if that fails; the message says why
   */
  public static RedisCluster start(String... configuration) {
    List<String> lines = new ArrayList<>(List.of(configuration));
    lines.add("cluster-enabled yes");
    lines.add("cluster-node-timeout 5000");
    List<RedisServer> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < MASTERS; i++) {
        nodes.add(RedisServer.start(lines.toArray(String[]::new)));
      }
      RedisCluster cluster = new RedisCluster(nodes);
      cluster.form();
      return cluster;
    } catch (RuntimeException e) {
      nodes.forEach(RedisServer::close);
      throw e;
    }
  }

  private void form() {
    RedisServer first = nodes.get(0);
    for (int i = 0; i < MASTERS; i++) {
      RedisServer node = nodes.get(i);
      node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      node.command(
          "CLUSTER",
          "ADDSLOTSRANGE",
          Integer.toString(firstSlot(i)),
          Integer.toString(firstSlot(i + 1) - 1));
      if (i > 0) {
        node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(first.port()));
      }
    }
    for (RedisServer node : nodes) {
      node.await("forming the cluster", () -> isComplete(node));
    }
  }

  private static int firstSlot(int node) {
    return node * SLOTS / MASTERS;
  }

  private static boolean isComplete(RedisServer node) {
    String info = String.valueOf(node.command("CLUSTER", "INFO"));
    return info.contains("cluster_state:ok")
        && info.contains("cluster_slots_ok:" + SLOTS)
        && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** Returns the URI of a cache manager that keeps its caches here. */
  public URI uri() {
    return URI.create(
        nodes.stream()
            .map(node -> "127.0.0.1:" + node.port())
            .collect(Collectors.joining(",", "redis-cluster://", "")));
  }

  /** Returns the servers, in the order of their slots. */
  public List<RedisServer> nodes() {
    return nodes;
  }

  /** Returns the server that has a key's slot. */
  public RedisServer nodeOf(String key) {
    Object reply = nodes.get(0).command("CLUSTER", "KEYSLOT", key);
    int slot = Integer.parseInt(String.valueOf(reply));
    int node = 0;
    while (slot >= firstSlot(node + 1)) {
      node++;
    }
    return nodes.get(node);
  }

  /** Ends the servers; does nothing the second time. */
  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
